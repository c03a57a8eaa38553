// TOML: the public test suite in full, for both versions, however it is cut up.
import test from "ava";
import { type TomlValue, tomlWith } from "../../src/formats/toml/index.ts";
import { run } from "../../src/index.ts";
import { everyWay, firstDifference } from "../_chunks.ts";
import { tomlTest, unlike } from "./_toml-test.ts";

/** Documents of the suite that are not read as it says. */
const KNOWN_FAILURES: readonly string[] = [];
/** Longer ones are fed by some chunkings, not by all. */
const LONG = 60;

for (const version of ["1.0", "1.1"] as const) {
  const cases = tomlTest(version);
  const parser = tomlWith({ version, integers: "bigint" });

  test(`the suite for TOML ${version} is here in full`, (t) => {
    const valid = cases.filter(({ answer }) => answer !== undefined).length;
    t.deepEqual([valid, cases.length], version === "1.0" ? [210, 709] : [220, 712]);
  });

  for (const { name, bytes, answer } of cases) {
    test(`${version}: ${name}`, (t) => {
      const { ok, value, diagnostics } = run(parser, bytes);
      const wrong = answer === undefined ? ok : !ok || unlike(value as TomlValue, answer) !== undefined;
      t.is(
        wrong,
        KNOWN_FAILURES.includes(`${version}: ${name}`),
        ok ? unlike(value as TomlValue, answer) : diagnostics[0]?.message,
      );
      if (bytes.length <= LONG) everyWay(t, parser, bytes);
      else t.is(firstDifference(parser, bytes, {}, { random: 4 }), undefined);
      if (answer === undefined) {
        t.is(diagnostics.length, 1);
        t.is(diagnostics[0]?.severity, "error");
        t.true((diagnostics[0]?.at.start.byteOffset ?? -1) <= bytes.length);
      }
    });
  }
}
