// Whatever a diagnostic says, and whatever text it is shown with: there is a report.
import test from "ava";
import fc from "fast-check";
import { pretty, toJSON, toLsp } from "../../src/diagnostics/index.ts";
import type { Diagnostic } from "../../src/index.ts";
import { size } from "../_size.ts";
import { hardText } from "./_made.ts";

const text = fc.oneof(
  fc.array(fc.oneof(hardText, fc.constantFrom("\n", "\r", "\r\n", " ")), { maxLength: 12 }).map((all) => all.join("")),
  fc.string({ unit: "binary" }),
);
const count = fc.oneof(fc.nat(60), fc.integer(), fc.double(), fc.constant(Number.MAX_SAFE_INTEGER));
const position = fc.record({ offset: count, byteOffset: count, line: count, column: count });
const span = fc.record(
  { source: fc.constantFrom("a", "b\u202e"), start: position, end: position },
  { requiredKeys: ["start", "end"] },
);
const alternative = fc.oneof(
  fc.record({ kind: fc.constantFrom("token", "keyword", "rule", "not", "class", "custom"), text: fc.string() }),
  fc.constant({ kind: "eof" }),
);
const expected = fc.record({
  messageKey: fc.constantFrom("expected", "expected.end", "no such key"),
  localeArgs: fc.array(fc.string()),
  humanized: fc.string(),
  alternatives: fc.array(alternative),
});
const diagnostic = fc.record(
  {
    severity: fc.constantFrom("error", "warning", "info"),
    code: fc.string(),
    message: text,
    at: span,
    expected,
    notes: fc.array(fc.record({ span, message: text }, { requiredKeys: ["message"] }), { maxLength: 3 }),
    fixits: fc.array(fc.record({ span, insert: text }), { maxLength: 2 }),
    context: fc.array(text, { maxLength: 8 }),
    extensions: fc.constant({}),
  },
  { requiredKeys: ["severity", "message", "at", "notes", "fixits", "context", "extensions"] },
) as fc.Arbitrary<Diagnostic>;
const options = fc.record(
  { color: fc.boolean(), locale: fc.constantFrom("ja", "en-GB", "tlh", "", "!"), width: count },
  { requiredKeys: [] },
);

test("pretty gives a report of anything", (t) => {
  fc.assert(
    fc.property(
      fc.array(diagnostic, { maxLength: 3 }),
      fc.option(text, { nil: undefined }),
      options,
      (all, source, how) => {
        const report = pretty(all, source, how);
        return typeof report === "string" && (all.length === 0) === (report === "");
      },
    ),
    { seed: 20240229, numRuns: size(300, 3000) },
  );
  t.pass();
});

test("toLsp and toJSON take anything", (t) => {
  fc.assert(
    fc.property(diagnostic, fc.option(text, { nil: undefined }), (one, source) => {
      return typeof toLsp(one, source) === "object" && typeof toJSON(one) === "object";
    }),
    { seed: 20240229, numRuns: size(150, 1500) },
  );
  t.pass();
});
