// Configurations, and namespaces that a package adds to them.
import {
  type AnyParser,
  type EmittedOf,
  each,
  listing,
  type RunConfig,
  run,
  type ValueOf,
  withExtension,
} from "sluice";
import { json, jsonValue } from "sluice/formats/json";

declare module "sluice" {
  interface Extensions {
    "acme.audit"?: { user: string; level: number } | undefined;
  }
}

let config: RunConfig = { locale: "ja", limits: { maxDiagnostics: 10 } };
config = withExtension(config, "acme.audit", (old) => ({ user: "ann", level: (old?.level ?? 0) + 1 }));
config = withExtension(config, "recover", () => ({ mode: "collect" }));
config = withExtension(config, "other", (old) => (typeof old === "number" ? old + 1 : 0));
const verbose: boolean | undefined = undefined as boolean | undefined;
const r = run(json, "[]", { ...config, trace: verbose });
const who: string | undefined = config.extensions?.["acme.audit"]?.user;
// @ts-expect-error a known namespace is checked
config = withExtension(config, "recover", () => ({ mode: "colect" }));
// @ts-expect-error a misspelt option is refused
run(json, "", { requireEOF: true });

const sizes = (grammars: Record<string, AnyParser>): string[] =>
  Object.entries(grammars).map(([name, g]) => `${name}: ${listing(g).length}`);
const rows = each(jsonValue);
type Row = EmittedOf<typeof rows>;
type Count = ValueOf<typeof rows>;
const row: Row = { a: "b" };
const count: Count = 3;
console.log(sizes({ json, rows }), who, r.ok, row, count);
