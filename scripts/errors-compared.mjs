// Writes docs/errors-compared.md: what others and we say of the same mistakes, from real runs of the grammars that the
// benchmarks time. What rustc, elm and megaparsec say is kept here as text. Needs a build.
//
//   node scripts/errors-compared.mjs
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
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
  [
    "A number that begins with zero",
    "[01]",
    "The others read a number that ends behind the zero, and wonder what comes after it.",
  ],
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

export const page = `# Errors compared

The same fifteen mistakes in JSON, and what is said of each, from real runs but for the last section. This page is written by
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

## Beside elm and megaparsec

What follows is **derived from their sources, not from runs**: neither could be run here. The versions read are
[elm 0.19.2](https://github.com/elm/compiler/tree/48befde196cbcbdf459114e36c02b52c49b58050) (in \`compiler/src\`: \`Parse/\`,
\`Type/\`, \`Reporting/\`), and
[megaparsec 9.8.1](https://github.com/mrkkrp/megaparsec/tree/ffe92f9b574cbc3f77c4583989fc9fe15b27701c) (\`Internal.hs\`, \`Error.hs\`,
\`Lexer.hs\`, \`Char/Lexer.hs\`) with
[parser-combinators 1.3.1](https://github.com/mrkkrp/parser-combinators/tree/bddb7a66b878a20dac5fe298ca32b53f0405612d).
The words quoted are theirs; \`…\` stands for lines left out. Five of the fifteen mistakes are taken, with their numbers.

Elm is a compiler, and its words are for its own language. So each mistake is made in a definition, on the third line of
\`src/Main.elm\`, and the file ends with a new line. Megaparsec is a library like this one. Its words depend on the grammar, and this is
the one assumed, in the style of [its tutorial](https://markkarpov.com/tutorial/megaparsec.html), without labels, run by
\`parse document ""\` and shown by \`errorBundlePretty\`:

\`\`\`haskell
sc = L.space space1 empty empty
lexeme = L.lexeme sc
symbol = L.symbol sc
quoted = lexeme (char '"' *> manyTill L.charLiteral (char '"'))
number = lexeme (L.signed (pure ()) L.scientific)
list = between (symbol "[") (symbol "]") (value \`sepBy\` symbol ",")
object = between (symbol "{") (symbol "}") (((,) <$> quoted <* symbol ":" <*> value) \`sepBy\` symbol ",")
value = choice [Object <$> object, List <$> list, String <$> quoted, Number <$> number,
                Yes <$ symbol "true", No <$ symbol "false", Null <$ symbol "null"]
document = sc *> value <* eof
\`\`\`

### No comma between elements (1)

elm, of \`xs = [1 2]\`:

\`\`\`text
-- TOO MANY ARGS -------------------------------------------------- src/Main.elm

This value is not a function, but it was given 1 argument.

3| xs = [1 2]
         ^
Are there any missing commas? Or missing parentheses?
\`\`\`

To elm this is no error of syntax: \`1 2\` applies \`1\` to \`2\`. Its type checker refuses it, and asks for the comma nevertheless.

megaparsec:

\`\`\`text
1:4:
  |
1 | [1 2]
  |    ^
unexpected '2'
expecting ',' or ']'
\`\`\`

### A comma behind the last element (3)

elm, of \`xs = [1, 2, ]\`:

\`\`\`text
-- UNFINISHED LIST ------------------------------------------------ src/Main.elm

I was expecting to see another list entry after that last comma:

3| xs = [1, 2, ]
               ^
Trailing commas are not allowed in lists, so the fix may be to delete the comma?
…
\`\`\`

Behind it elm shows how a list over several lines is written.

megaparsec:

\`\`\`text
1:8:
  |
1 | [1, 2, ]
  |        ^
unexpected ']'
expecting "false", "null", "true", '"', '+', '-', '[', '{', or digit
\`\`\`

### An array that is not closed (7)

elm, of a list in a record:

\`\`\`text
-- UNFINISHED LIST ------------------------------------------------ src/Main.elm

I am partway through parsing a list, but I got stuck here:

3| r = { sizes = [1, 2, 3
4|     }
       ^
I was expecting to see a closing square bracket before this, so try adding a ]
and see if that helps?
…
\`\`\`

A note behind it says that the mistake may be further up. Where the next line isn't indented, or the file ends, elm
knows more, and points behind the last element: "You can just add a closing ] right here".

megaparsec:

\`\`\`text
2:1:
  |
2 | }
  | ^
unexpected '}'
expecting ',' or ']'
\`\`\`

The list is so short because white space was read behind the \`3\`. Of \`[1, 2\` and nothing behind it, megaparsec adds
what the number could go on with: \`expecting ',', '.', 'E', ']', 'e', or digit\`.

### A string that is not closed (9)

elm:

\`\`\`text
-- ENDLESS STRING ------------------------------------------------- src/Main.elm

I got to the end of the line without seeing the closing double quote:

3| r = { a = "b }
                 ^
Strings look like "this" with double quotes on each end. Is the closing double
quote missing in your code?
…
\`\`\`

Behind it elm shows how a string over several lines is written.

megaparsec:

\`\`\`text
1:10:
  |
1 | {"a": "b}
  |          ^
unexpected end of input
expecting '"' or literal character
\`\`\`

### A word cut short (13)

elm, of \`ok = tru\`:

\`\`\`text
-- NAMING ERROR --------------------------------------------------- src/Main.elm

I cannot find a \`tru\` variable:

3| ok = tru
        ^^^
These names seem close though:
…
\`\`\`

Again no error of syntax. Up to four names follow, the nearest first. They are names of values, so that \`True\`, a constructor in elm,
isn't among them.

megaparsec:

\`\`\`text
1:8:
  |
1 | {"ok": tru}
  |        ^^^^
unexpected "tru}"
expecting "false", "null", "true", '"', '+', '-', '[', '{', or digit
\`\`\`

Four characters are marked since the words it was compared with are four long and longer.

### What each does better

Elm explains. It says in sentences what it was doing, what it would have liked, and what to try, and often shows an example of right
code. We never do. In 3 it blames the comma, as we do. It can say so much since somebody wrote these
sentences for each place of one known grammar; a library that is given its grammar can't, unless its author writes them.

Megaparsec names what it found, which we seldom do, and spells out what may begin a value, so that \`true\` stands beside \`tru\`, among
eight others. It needs no names in the grammar for that; with \`<?> "value"\` it would say one word, and \`true\` no more, where we still name it.

We mark the bracket that was opened: elm shows its line at most, and megaparsec only the line of the error. We say
what was being read, from the inside out: elm names the innermost, and megaparsec nothing. And where an end is missing we
give the text to insert, as a fix a program can apply: elm puts it in words, and megaparsec says nothing of the kind.
`;
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(new URL("../docs/errors-compared.md", import.meta.url), page);
}
