// Writes docs/errors-compared.md: what others and we say of the same mistakes, from real runs of the grammars that the
// benchmarks time. Needs a build.
//
//   node scripts/errors-compared.mjs
import { writeFileSync } from "node:fs";
import { run } from "sluice";
import { pretty } from "sluice/diagnostics";
import { json } from "sluice/formats/json";
import { chevrotain } from "../dist/bench/peers/chevrotain.js";
import { parsimmon } from "../dist/bench/peers/parsimmon.js";
import { peggy } from "../dist/bench/peers/peggy.js";

const MISTAKES = [
  ["No comma between elements", "[1 2]", ""],
  ["No comma between members", '{\n  "a": 1\n  "b": 2\n}', ""],
  [
    "A comma behind the last element",
    "[1, 2, ]",
    "The others list what a value may begin with. Ours points to the comma: that is what is wrong.",
  ],
  ["A comma behind the last member", '{"a": 1,}', ""],
  ["No colon", '{"a" 1}', ""],
  ["A key without quotes", "{name: 1}", ""],
  ["An array that is not closed", '{"sizes": [1, 2, 3\n}', ""],
  ["An object that is not closed", '{"a": {"b": 1}', ""],
  [
    "A string that is not closed",
    '{"a": "b}',
    "Chevrotain and parsimmon read a string with one regular expression, so that they point to where it begins. We point to where the\ninput ended, show where the string and what is around it were opened, and what would end all of it.",
  ],
  ["A wrong escape", '["C:\\dir"]', ""],
  ["A number that begins with zero", "[01]", "Nobody says what is wrong: that a number can't begin with a zero."],
  ["A number without digits after its point", "[1.]", ""],
  [
    "A word cut short",
    '{"ok": tru}',
    "Peggy and parsimmon have `true` in their lists, which is what was meant. Ours names it alone, and says what is missing.",
  ],
  ["A comment", '{\n  // size\n  "a": 1\n}', ""],
  ["Two documents", '{"a": 1}\n{"b": 2}', ""],
];

const PEERS = [
  ["chevrotain", chevrotain.parse, (error) => error.message],
  ["peggy", peggy.parse, ({ location, message }) => `${location.start.line}:${location.start.column}: ${message}`],
  ["parsimmon", parsimmon.parse, (error) => error.message],
];

function saidBy(parse, words, text) {
  try {
    parse(text);
  } catch (error) {
    return words(error)
      .replace(/ +$/gm, "")
      .replace(/^\n+|\n+$/g, "");
  }
  throw new Error(`${JSON.stringify(text)} is no mistake`);
}

const block = (language, text) => `\`\`\`${language}\n${text}\n\`\`\``;

const sections = MISTAKES.map(([title, text, remark], i) => {
  const peers = PEERS.map(([name, parse, words]) => `${name}:\n\n${block("text", saidBy(parse, words, text))}`);
  const ours = `sluice:\n\n${block("text", pretty(run(json, text).diagnostics, text))}`;
  return [`## ${i + 1}. ${title}`, block("json", text), ...peers, ours, ...(remark === "" ? [] : [remark])].join(
    "\n\n",
  );
});

const page = `# Errors compared

The same fifteen mistakes in JSON, and what is said of each, from real runs. This page is written by
\`node scripts/errors-compared.mjs\`; a test holds our reports to it.

The grammars are those of \`bench/peers\`, written for speed as the documentation of each advises, and ours of
\`src/formats/json.ts\`, in which more parts bear a name. Words can be bettered in each of them: by labels for tokens and error providers in chevrotain, names for rules in
peggy, \`desc\` in parsimmon. What is shown is what is thrown: the first error as its message. Chevrotain's errors carry the token
with its place besides, and its parser can recover from errors, which is switched off here; peggy's can print an excerpt with
\`error.format\`, and their place is put before the message here.

What to look for: whether the place is right, whether what is listed is short enough to be read, and whether a bracket that is
not closed is shown where it was opened.

${sections.join("\n\n")}

## Beside a compiler

What rustc 1.95 says of three of these mistakes in a list of its own language, as a measure of what is possible. Of \`[1 2]\`:

\`\`\`text
error: expected one of \`,\`, \`.\`, \`;\`, \`?\`, \`]\`, or an operator, found \`2\`
 --> a.rs:1:24
  |
1 | fn main() { let a = [1 2]; }
  |                        ^ expected one of \`,\`, \`.\`, \`;\`, \`?\`, \`]\`, or an operator
\`\`\`

Of a list that is not closed:

\`\`\`text
error: mismatched closing delimiter: \`}\`
 --> b.rs:1:21
  |
1 | fn main() { let a = [1, 2; }
  |           -         ^      ^ mismatched closing delimiter
  |           |         |
  |           |         unclosed delimiter
  |           closing delimiter possibly meant for this
\`\`\`

Of a string that is not closed:

\`\`\`text
error[E0765]: unterminated double quote string
 --> c.rs:1:21
  |
1 | fn main() { let a = "abc; }
  |                     ^^^^^^^
\`\`\`

Like rustc we show where a bracket was opened that is not closed, and what stands where a closer should; beyond it we say what would
complete the input. It matches brackets before it parses, so that it can tell a wrong closer from a missing one; we can't.
`;
writeFileSync(new URL("../docs/errors-compared.md", import.meta.url), page);
