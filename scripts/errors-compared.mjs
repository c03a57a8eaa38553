// Writes docs/errors-compared.md: how other libraries and this one report the same mistakes, from real runs of the grammars of the
// benchmarks. The messages of rustc, elm and megaparsec are kept here as text. Needs a build.
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
    "The others list what a value may begin with. Ours shows the comma, which is the mistake.",
  ],
  ["A comma behind the last member", '{"a": 1,}', ""],
  ["No colon", '{"a" 1}', ""],
  ["A key without quotes", "{name: 1}", ""],
  ["An array that is not closed", '{"sizes": [1, 2, 3\n}', ""],
  ["An object that is not closed", '{"a": {"b": 1}', ""],
  [
    "A string that is not closed",
    '{"a": "b}',
    "Chevrotain and parsimmon read a string with one regular expression, so they report its beginning. Ours reports the end of the\ninput, shows where the string and the brackets around it were opened, and what would close all of them.",
  ],
  ["A wrong escape", '["C:\\dir"]', ""],
  [
    "A number that begins with zero",
    "[01]",
    "The others read a number that ends after the zero, and report what follows it.",
  ],
  ["A number without digits after its point", "[1.]", ""],
  [
    "A word cut short",
    '{"ok": tru}',
    "Peggy and parsimmon have `true`, which was meant, in their lists. Ours names only this word, and says what is missing.",
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

Fifteen mistakes in JSON, and how four libraries report each. All reports are from real runs, except in the last two sections. This page is
written by \`node scripts/errors-compared.mjs\`; a test checks that it is up to date.

The grammars are those of \`bench/peers\`, written for speed as the documentation of each library advises, and ours of
\`src/formats/json.ts\`, in which more parts have names. In each library the grammar can improve the messages: with labels for tokens and
error providers in chevrotain, names for rules in peggy, \`desc\` in parsimmon. The page shows the message of the first error that is
thrown. The errors of chevrotain also have the token with its place, and its parser can recover from errors, which is switched off here.
The errors of peggy can print an excerpt with \`error.format\`; here their place is put before the message.

Compare whether the place is right, whether the list is short enough to read, and whether the report shows where an unclosed bracket was
opened.

${sections.join("\n\n")}

## Beside a compiler

This is how rustc 1.95 reports three of these mistakes in a list of its own language, to show what is possible. For \`[1 2]\`:

\`\`\`text
error: expected one of \`,\`, \`.\`, \`;\`, \`?\`, \`]\`, or an operator, found \`2\`
 --> a.rs:1:24
  |
1 | fn main() { let a = [1 2]; }
  |                        ^ expected one of \`,\`, \`.\`, \`;\`, \`?\`, \`]\`, or an operator
\`\`\`

For a list that is not closed:

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

For a string that is not closed:

\`\`\`text
error[E0765]: unterminated double quote string
 --> c.rs:1:21
  |
1 | fn main() { let a = "abc; }
  |                     ^^^^^^^
\`\`\`

Like rustc, we show where an unclosed bracket was opened, and the place where the closer is missing. In addition, we say what would
complete the input. Rustc matches brackets before it parses, so it can distinguish a wrong closer from a missing one; we can't.

## Beside elm and megaparsec

The following is **derived from their sources, not from runs**: neither could be run here. The versions are
[elm 0.19.2](https://github.com/elm/compiler/tree/48befde196cbcbdf459114e36c02b52c49b58050) (in \`compiler/src\`: \`Parse/\`,
\`Type/\`, \`Reporting/\`), and
[megaparsec 9.8.1](https://github.com/mrkkrp/megaparsec/tree/ffe92f9b574cbc3f77c4583989fc9fe15b27701c) (\`Internal.hs\`, \`Error.hs\`,
\`Lexer.hs\`, \`Char/Lexer.hs\`) with
[parser-combinators 1.3.1](https://github.com/mrkkrp/parser-combinators/tree/bddb7a66b878a20dac5fe298ca32b53f0405612d).
The messages are quoted; \`…\` marks lines that are left out. Five of the fifteen mistakes are shown, with their numbers.

Elm is a compiler, and its messages are for its own language. So each mistake is in a definition, on the third line of
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

elm, for \`xs = [1 2]\`:

\`\`\`text
-- TOO MANY ARGS -------------------------------------------------- src/Main.elm

This value is not a function, but it was given 1 argument.

3| xs = [1 2]
         ^
Are there any missing commas? Or missing parentheses?
\`\`\`

For elm this is not a syntax error: \`1 2\` applies \`1\` to \`2\`. Its type checker reports it, and still suggests the comma.

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

elm, for \`xs = [1, 2, ]\`:

\`\`\`text
-- UNFINISHED LIST ------------------------------------------------ src/Main.elm

I was expecting to see another list entry after that last comma:

3| xs = [1, 2, ]
               ^
Trailing commas are not allowed in lists, so the fix may be to delete the comma?
…
\`\`\`

After that, elm shows how to write a list on several lines.

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

elm, for a list in a record:

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

A note after that says that the mistake may be further up. If the next line isn't indented, or the file ends, elm is more precise, and
marks the place after the last element: "You can just add a closing ] right here".

megaparsec:

\`\`\`text
2:1:
  |
2 | }
  | ^
unexpected '}'
expecting ',' or ']'
\`\`\`

The list is short because white space was read after the \`3\`. For \`[1, 2\` with nothing after it, megaparsec adds
how the number could continue: \`expecting ',', '.', 'E', ']', 'e', or digit\`.

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

After that, elm shows how to write a string on several lines.

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

elm, for \`ok = tru\`:

\`\`\`text
-- NAMING ERROR --------------------------------------------------- src/Main.elm

I cannot find a \`tru\` variable:

3| ok = tru
        ^^^
These names seem close though:
…
\`\`\`

Again this is not a syntax error. Up to four names follow, the nearest first. They are names of values, so \`True\`, a constructor in elm,
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

Four characters are marked, since the words that were compared have four or more characters.

### What each does better

Elm explains. It says in sentences what it was parsing, what it expected, and what to try, and often shows an example of correct
code. We never do. In mistake 3 it reports the comma, as we do. It can explain so much because its authors wrote these sentences for each
place of one known grammar. A library for any grammar can't, unless the author of the grammar writes them.

Megaparsec names what it found, which we rarely do, and lists everything that may begin a value, so \`true\` is in the list for \`tru\`,
with eight others. It needs no names in the grammar for that. With \`<?> "value"\` it would say only that word, and no longer \`true\`; we still
name \`true\`.

We mark the bracket that was opened; elm shows at most its line, and megaparsec only the line of the error. We say
what was being parsed, from the inside out; elm names only the innermost rule, and megaparsec nothing. And if an end is missing, we
give the text to insert, as a fix that a program can apply; elm describes it in words, and megaparsec does not mention it.
`;
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(new URL("../docs/errors-compared.md", import.meta.url), page);
}
