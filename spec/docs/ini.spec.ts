// The INI files of docs/examples: what they give, and what is said of broken ones.
import test from "ava";
import { CLOSED, parseEach, parseLoopSync } from "sluice/stream";
import { ini, type Section } from "../../docs/examples/ini.ts";
import { everyWay } from "../_chunks.ts";
import { said } from "../_said.ts";

const gives = test.macro({
  exec(t, input: string, sections: readonly Section[]) {
    const result = everyWay(t, ini, input);
    t.deepEqual(result.diagnostics, []);
    t.deepEqual(result.emitted, sections);
    t.is(result.value, sections.filter(({ name }) => name !== "").length);
  },
  title: (_, input: string) => `the sections of ${JSON.stringify(input)}`,
});

test(gives, "", []);
test(gives, "; nothing but a comment\n\n# or two", []);
test(gives, "key=value", [{ name: "", entries: [["key", "value"]] }]);
test(gives, "[a]\n[b c]\r\n", [
  { name: "a", entries: [] },
  { name: "b c", entries: [] },
]);
test(
  gives,
  `
top = level
[server] ; the machine
host = example.org
port=8080 # not 80
path =
; and what it says
[message]
  text = "two words ; and \\"quotes\\"\\n"   # quoted
`,
  [
    { name: "", entries: [["top", "level"]] },
    {
      name: "server",
      entries: [
        ["host", "example.org"],
        ["port", "8080"],
        ["path", ""],
      ],
    },
    { name: "message", entries: [["text", 'two words ; and "quotes"\n']] },
  ],
);

const refuses = test.macro({
  exec(t, input: string, message: string) {
    everyWay(t, ini, input);
    t.is(said(ini, input), message);
  },
  title: (_, input: string) => `what is wrong with ${JSON.stringify(input)}`,
});

test(refuses, "[a", '1:3: unexpected end of input, expected "]"\n  note: 1:1: opened here');
test(refuses, "[a\nb = 1", '1:3: expected "]"\n  note: 1:1: opened here');
test(refuses, "[]", "1:2: expected section name");
test(refuses, "[a] b", "1:5: expected end of line");
test(refuses, "key\n", '1:4: expected "="');
test(refuses, "[a]\nkey value", '2:5: expected "="');
test(refuses, "= 1", '1:1: expected "[", key or end of input');
test(refuses, "a = 1\n!b = 2", '2:1: expected "[", key or end of input');
test(refuses, 'key = "abc\n', "1:11: expected closing quote\n  note: 1:7: opened here");
test(refuses, 'key = "abc" def', "1:13: expected end of line");
test(refuses, 'key = "abc\\', "1:12: unexpected end of input, expected escaped character\n  note: 1:7: not closed");

test("a section leaves as soon as the next one begins", async (t) => {
  const loop = parseLoopSync(ini);
  t.deepEqual(loop.next("[a]\nb = 1\n").value.emitted, []);
  t.deepEqual(loop.next("[c]").value.emitted, [{ name: "a", entries: [["b", "1"]] }]);
  t.deepEqual(loop.next(CLOSED).value.emitted, [{ name: "c", entries: [] }]);
  const names: string[] = [];
  for await (const { name } of parseEach(ini, ["[a]\n[", "b]\n"])) names.push(name);
  t.deepEqual(names, ["a", "b"]);
});
