// The codes of diagnostics: what each means, what it looks like, and how to fix it.
import { described } from "../../misuse/described.ts";

/** @internal The description of a code. */
interface CodeEntry {
  readonly title: string;
  readonly explanation: string;
  /** An input or a piece of grammar that leads to it. */
  readonly example: string;
  readonly fix: string;
}

/** @internal In the order of the documentation. */
export const CODES: Readonly<Record<string, CodeEntry>> = {
  E1001: {
    title: "something else was expected here",
    explanation:
      "The parse got as far as this place, and nothing that could go on from here matches. What is listed is all that would have: fixed texts first, then classes of characters and named parts, then the end of input.",
    example: `[1 2] where a list has commas: expected "," or "]"`,
    fix: "Put one of the listed things there. Where a bracket is missing, the note shows where it was opened, and the help where it would go if what stands there may follow it. If the list names too many small things, give the part a name with label(name, p).",
  },
  E1203: {
    title: "a keyword runs into the word behind it",
    explanation: "The letters of a keyword are there, but the word goes on, so it is another word.",
    example: `keyword("if") on "ifx"`,
    fix: "Put a space behind the keyword. If such words are allowed here, try the identifier as an alternative: or(keyword(…), identifier).",
  },
  E2001: {
    title: "this operator can't be chained",
    explanation:
      "Two operators of a level without associativity stand side by side, so it is not said which of them binds first.",
    example: "a < b < c where < is declared with infixn",
    fix: "Add parentheses around one of the two, as the help shows; or declare the level with infixl or infixr.",
  },
  E3001: {
    title: "a repetition whose body reads nothing",
    explanation:
      "The body of an unbounded repetition succeeded without reading, so it would succeed for ever. No combinator catches this error.",
    example: `many(opt(string("a"))) on "b"`,
    fix: `Let the body read at least one character, and let the repetition decide about none: many(string("a")).`,
  },
  E4001: {
    title: "left recursion",
    explanation:
      "A rule came back to itself at the same place without having read anything, so it would do so for ever.",
    example: `expr = or(seq(expr, string("+"), term), term)`,
    fix: "Write the recursion as a repetition: chainl1(term, operator), or sepBy. A rule may call itself once something was read.",
  },
  E6001: {
    title: "an identifier with a bidirectional control character",
    explanation:
      "Characters that change the direction of text make a source read otherwise than it is parsed (Unicode TR 36, TR 39), so identifiers may not have them.",
    example: "a\\u{202E}b",
    fix: "Remove the character; it is shown as an escape in the excerpt.",
  },
  E6002: {
    title: "an identifier that is not in normal form",
    explanation:
      "Identifiers are compared character by character, so they must be in Unicode normal form C: two spellings of one word would be two names.",
    example: "e followed by U+0301 instead of é",
    fix: `Write the composed form: text.normalize("NFC").`,
  },
  E7101: {
    title: "a number out of range",
    explanation:
      "The digits make a number that the type can't hold. The message names the digits, the radix and the bounds.",
    example: "9007199254740993 read by integer",
    fix: "Write a number within the bounds, or read it with a parser for larger ones.",
  },
  E7102: {
    title: "a number that is no finite float",
    explanation: "The text has the shape of a float, but its value can't be represented.",
    example: "1e999",
    fix: "Write a number within the range of a double, or keep the text and convert it yourself.",
  },
  E7103: {
    title: "a digit that the radix does not have",
    explanation: "The prefix of the number fixes its radix, and one of its digits is not below that.",
    example: "0b102",
    fix: "Correct the digit or the prefix.",
  },
  E7104: {
    title: "a length or a count out of bounds",
    explanation:
      "The number says how many bytes, units or elements follow, and it is negative, no whole number, or above the largest that the grammar accepts.",
    example: "lengthPrefixed(uint16be, 1024) on the bytes 08 00",
    fix: "If the number is right, raise max; else the input is damaged, or the parser does not stand where a length begins.",
  },
  E7201: {
    title: "an escape that there isn't",
    explanation:
      "A literal has a backslash before something that makes no escape with it. The message lists the escapes.",
    example: '"C:\\path" with a single backslash',
    fix: "Write \\\\ for a backslash, or use a raw string.",
  },
  E7202: {
    title: "an escape that is no character",
    explanation: "The code point is half of a surrogate pair without the other half, or more than 10FFFF.",
    example: '"\\u{D800}"',
    fix: "Write the code point of the character in \\u{…}, or both halves as two \\u escapes.",
  },
  E7203: {
    title: "a line end in a literal of one line",
    explanation: "The line ends before the quote that would close the literal.",
    example: `"abc without a closing quote`,
    fix: "Close it, write \\n for a line end, or use a literal that may go over lines.",
  },
  E7204: {
    title: "a character literal that is not one character",
    explanation: "Between its quotes stands nothing, or more than one code point.",
    example: "'ab'",
    fix: "Write one character, or a string.",
  },
  E7301: {
    title: "an indentation that fits no block",
    explanation:
      "The line is deeper than its block where none begins, or less deep and yet not as deep as one that is open. The notes show the blocks.",
    example: "a line indented by 2 after lines indented by 0 and 4",
    fix: "Indent the line as one of the blocks.",
  },
  E7302: {
    title: "tabs and spaces that can't be compared",
    explanation:
      "Of two lines, one must begin with all the blanks of the other: how wide a tab is, only an editor knows.",
    example: "a line that begins with a tab in a block that begins with spaces",
    fix: "Indent both lines alike, or run with allowMixedTabs: a tab then goes to the next multiple of 8.",
  },
  W6101: {
    title: "an identifier that looks like another",
    explanation:
      "Two identifiers differ only in characters that look alike (Unicode TR 39, confusables): they are different names, and a reader can't tell.",
    example: "a Latin a and a Cyrillic а",
    fix: "Use characters of one script, or rename one of the two.",
  },
  "limit.depth": {
    title: "the limit maxDepth was passed",
    explanation:
      "A parser began within itself more often than the limit allows. The engine does not need this limit: it is for values that others walk through by recursion.",
    example: `limits: { maxDepth: 4 } on "[[[[[[1]]]]]]"`,
    fix: "Raise limits.maxDepth, if what uses the values can bear it; else the input is to be refused.",
  },
  "limit.buffer": {
    title: "the limit maxBufferedUnits was passed",
    explanation:
      "Within an attempt, a look-ahead or a slice, and while a recovery looks for where to go on, text is kept because the parse may need it again. Here that was more than the limit.",
    example: "an attempt around a whole document, in limits: { maxBufferedUnits: 1000 }",
    fix: "Let the grammar decide sooner, so that the attempt can end (lint finds those without bound); or raise limits.maxBufferedUnits.",
  },
  "limit.token": {
    title: "the limit maxTokenUnits was passed",
    explanation:
      "One token is longer than the limit. Often its end is missing, as the quote of a string, and the rest of the input was taken for it.",
    example: `limits: { maxTokenUnits: 16 } on "antidisestablishmentarianism"`,
    fix: "Look at where it begins; if it is as it should be, raise limits.maxTokenUnits.",
  },
  "limit.steps": {
    title: "the limit maxSteps was passed",
    explanation:
      "The run entered rules and went round in repetitions more often than the limit allows. That depends on the grammar and the input alone, not on the machine.",
    example: `limits: { maxSteps: 12 } on "[1, 2, 3, 4, 5, 6, 7, 8]"`,
    fix: "Raise limits.maxSteps. If the run takes many more than the input has characters, look for an attempt that is tried again and again at one place.",
  },
  "limit.diagnostics": {
    title: "the limit maxDiagnostics was passed",
    explanation:
      "There were more errors to recover from than the limit allows; the note tells the one at which the run ended. As an info it says how many warnings were not kept; they never end a run.",
    example: "limits: { maxDiagnostics: 2 } on an input with three errors",
    fix: "Fix the first errors, the others may be caused by them; or raise limits.maxDiagnostics.",
  },
  "stream.decode": {
    title: "malformed UTF-8",
    explanation:
      "The bytes are not UTF-8 from the byte offset that the message names. The parse ends when it reaches that place; what was parsed before it is kept.",
    example: "the byte FF",
    fix: `Convert the input to UTF-8, or run with decode: "replace", which reads U+FFFD there. For data that is no text: input: "binary".`,
  },
  "stream.io": {
    title: "the source failed",
    explanation: "Reading the source threw. Values that were certain by then are kept.",
    example: "a connection that is reset",
    fix: "Look at the message of the source; run again from the start, or from the last value that you took.",
  },
  "stream.feeder": {
    title: "the source was fed wrongly",
    explanation:
      "A chunk came after the end of the input, or was of another kind than the first one: text and bytes can't be mixed.",
    example: "resume(continuation, CLOSED), then a chunk",
    fix: "Feed chunks of one kind, and none after CLOSED.",
  },
  "stream.cancelled": {
    title: "the source was cancelled",
    explanation: "The feeder said that its user gave up. Values that were certain by then are kept.",
    example: `feederError({ kind: "UserCancelled", message: "stopped" })`,
    fix: "Nothing is wrong with the input; start again if it is wanted after all.",
  },
  "stream.timeout": {
    title: "the source was silent for too long",
    explanation: "No chunk came within pendingTimeout. The diagnostic carries how long it waited and the limit.",
    example: "a peer that never closes its connection",
    fix: "Raise pendingTimeout, or find out why the source is silent.",
  },
};

/**
 * What a code of a diagnostic means, with an example and how to fix it.
 *
 * @returns some lines of text; `undefined` for an unknown code.
 * @throws TypeError if it is not a string.
 *
 * @example
 * ```ts
 * import { explain } from "sluice/diagnostics";
 * explain("E3001")?.split("\n")[0]; // => "E3001: a repetition whose body reads nothing"
 * ```
 */
export function explain(code: string): string | undefined {
  if (typeof code !== "string") throw new TypeError(`explain takes a code such as "E1001", got ${described(code)}`);
  const known = Object.keys(CODES).find((name) => name.toLowerCase() === code.toLowerCase());
  const entry = known === undefined ? undefined : CODES[known];
  if (entry === undefined) return undefined;
  const { title, explanation, example, fix } = entry;
  return [`${known}: ${title}`, explanation, `Example: ${example}`, `To fix it: ${fix}`].join("\n\n");
}
