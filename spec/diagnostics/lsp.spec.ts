// The shape of the Language Server Protocol.
import test from "ava";
import fc from "fast-check";
import { toJSON, toLsp } from "../../src/diagnostics/index.ts";
import { json } from "../../src/formats/json.ts";
import { type Diagnostic, run } from "../../src/index.ts";
import { fix, hardText, spanIn, wrong } from "./_made.ts";

interface Lsp {
  readonly range: { readonly start: object; readonly end: object };
  readonly relatedInformation?: readonly { readonly location: { readonly uri: string } }[];
  readonly data: {
    readonly codeActions: readonly {
      readonly title: string;
      readonly isPreferred: boolean;
      readonly edit: { readonly changes: object };
    }[];
  };
}
const lsp = (diagnostic: Diagnostic, source?: string): Lsp => toLsp(diagnostic, source) as Lsp;

test("all of it", (t) => {
  const text = '["😀", [1\n 2]]';
  const [diagnostic] = run(json, text, { source: "file:///a.json" }).diagnostics;
  const range = { start: { line: 1, character: 1 }, end: { line: 1, character: 1 } };
  const shown = { range, severity: 1, code: "E1001", source: "sluice", message: 'expected "," or "]"' };
  const opened = { line: 0, character: 7 };
  const whole = { line: 0, character: 0 };
  const closing = { line: 0, character: 9 };
  const expected = {
    ...shown,
    relatedInformation: [
      { location: { uri: "file:///a.json", range: { start: opened, end: opened } }, message: "opened here" },
      { location: { uri: "file:///a.json", range: { start: opened, end: opened } }, message: "while parsing array" },
      { location: { uri: "file:///a.json", range: { start: whole, end: whole } }, message: "while parsing array" },
    ],
    data: {
      expected: diagnostic?.expected,
      codeActions: [
        {
          title: 'insert "]"',
          kind: "quickfix",
          diagnostics: [shown],
          // what follows can't stand behind it
          isPreferred: false,
          edit: {
            changes: { "file:///a.json": [{ range: { start: closing, end: closing }, newText: "]" }] },
          },
        },
      ],
    },
  };
  t.deepEqual(toLsp(diagnostic as Diagnostic), expected);
  t.deepEqual(toLsp(diagnostic as Diagnostic, text), expected);
});

test("fix-its that belong together are one action", (t) => {
  const { data } = lsp(run(json, '{"a": [1').diagnostics[0] as Diagnostic);
  t.deepEqual(
    data.codeActions.map(({ title, isPreferred }) => [title, isPreferred]),
    [['insert "]}"', true]],
  );
  const range = { start: { line: 0, character: 1 }, end: { line: 0, character: 1 } };
  const pair = [
    { ...fix(spanIn("a<b", 0), "("), group: 1 },
    fix(spanIn("a<b", 1), "!"),
    { ...fix(spanIn("a<b", 3), ")"), group: 1 },
  ];
  const actions = lsp(wrong(spanIn("a<b", 1), { fixits: pair })).data.codeActions;
  t.is(actions.length, 2);
  t.deepEqual(actions[1]?.edit.changes, { "untitled:input": [{ range, newText: "!" }] });
  t.is((Object.values(actions[0]?.edit.changes ?? {})[0] as unknown[]).length, 2);
});

test("severities, and what is not there", (t) => {
  const range = { start: { line: 0, character: 1 }, end: { line: 0, character: 2 } };
  const shown = { range, source: "sluice", message: "wrong", data: { codeActions: [] } };
  const of = (severity: Diagnostic["severity"]): object => toLsp(wrong(spanIn("ab", 1, 2), { severity }));
  t.deepEqual(of("error"), { ...shown, severity: 1 });
  t.deepEqual(of("warning"), { ...shown, severity: 2 });
  t.deepEqual(of("info"), { ...shown, severity: 3 });
});

test("positions are UTF-16 units of the line", (t) => {
  fc.assert(
    fc.property(
      fc.array(hardText, { maxLength: 4 }),
      fc.constantFrom("\n", "\r", "\r\n"),
      fc.nat(),
      (all, end, seed) => {
        const text = all.join(end);
        const offset = seed % (text.length + 1);
        // within a line end and within a pair no position is
        if (/\r$/.test(text.slice(0, offset)) && text[offset] === "\n") return true;
        const before = text.slice(0, offset).split(/\r\n|\n|\r/);
        const position = { line: before.length - 1, character: before.at(-1)?.length };
        return t.deepEqual(lsp(wrong(spanIn(text, offset)), text).range, { start: position, end: position });
      },
    ),
  );
});

test("without the text a column is a character", (t) => {
  const { range } = lsp(wrong(spanIn("a\nb漢c", "c")));
  t.deepEqual(range, { start: { line: 1, character: 2 }, end: { line: 1, character: 3 } });
});

test("a byte order mark is no character of a document", (t) => {
  const [diagnostic] = run(json, "\ufeff[1 2]").diagnostics;
  t.deepEqual(lsp(diagnostic as Diagnostic, "\ufeff[1 2]").range.start, { line: 0, character: 3 });
  t.deepEqual(lsp(diagnostic as Diagnostic).range.start, { line: 0, character: 3 });
});

const named = test.macro({
  exec(t, source: string | undefined, uri: string) {
    const start = spanIn("ab", 0);
    const at = source === undefined ? start : { ...start, source };
    const { data, relatedInformation } = lsp(
      wrong(at, { notes: [{ span: at, message: "n" }], fixits: [fix(at, "x")] }),
    );
    t.deepEqual(Object.keys(data.codeActions[0]?.edit.changes ?? {}), [uri]);
    t.is(relatedInformation?.[0]?.location.uri, uri);
  },
  title: (_, source: string | undefined, uri: string) => `${source} is ${uri}`,
});

test(named, undefined, "untitled:input");
test(named, "untitled:Untitled-1", "untitled:Untitled-1");
test(named, "/tmp/a b.json", "file:///tmp/a%20b.json");
test(named, "C:\\a.json", "file:///C:/a.json");
test(named, "data/é.json", "data/%C3%A9.json");
test(named, "a\ud800", "a%EF%BF%BD");

test("toJSON leaves plain data", (t) => {
  const odd = { ...wrong(spanIn("a", 0)), streamMeta: { lagNanos: 12n }, code: undefined };
  t.deepEqual(toJSON(odd as unknown as Diagnostic), { ...wrong(spanIn("a", 0)), streamMeta: { lagNanos: "12" } });
});
