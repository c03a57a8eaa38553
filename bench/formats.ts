// Every format against the parsers of others, one after the other; `--quick` checks the results and hardly times anything.
//
//   node dist/bench/formats.js [--quick]
await import("./formats/csv.ts");
await import("./formats/json5.ts");
await import("./formats/lines.ts");
await import("./formats/toml.ts");
