// Escapes in string and character literals, as in C and similar languages.
import * as make from "../../grammar/make.ts";
import type { Node, Refiner } from "../../grammar/node.ts";
import { Refusal } from "../../grammar/problem.ts";
import { charSet } from "../../text/index.ts";

const SHORT: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
  ["0", "\0"],
  ["\\", "\\"],
  ['"', '"'],
  ["'", "'"],
  ["/", "/"],
]);
const VALID = `\\n \\t \\r \\b \\f \\v \\0 \\\\ \\" \\' \\/ \\xHH \\uHHHH \\u{H…}`;
const HIGHEST = 0x10ffff;

/**
 * One escape, from its `\` on, as the text it means: `\n \t \r \b \f \v \0 \\ \" \' \/`, two hexadecimal digits after
 * `\x`, four after `\u` (two of these that are a surrogate pair are one character), one to six in `\u{…}`. Any other
 * escape is an error at its `\` that lists these. So is an escape for a code point that is not a Unicode scalar value:
 * half a surrogate pair, or above 10FFFF.
 *
 * Each literal needs its own instance, since generated code depends on the brackets around it.
 */
export function escapeNode(): Node {
  const body = make.choice([
    make.set(charSet("ntrbfv0\\\\\"'/")),
    make.seq([make.text("x"), hex(), hex()]),
    make.seq([make.text("u"), unicode()]),
    make.set(charSet("^ntrbfv0\\\\\"'/xu")),
  ]);
  return make.refine(make.slice(make.seq([make.text("\\"), make.label("escape sequence", body)])), decoded);
}

function hex(members = "0-9A-Fa-f"): Node {
  return make.label("hexadecimal digit", make.set(charSet(members)));
}

/** What follows `\u`. Only a first half of a pair looks for another escape after it. */
function unicode(): Node {
  const second = make.opt(make.seq([make.text("\\u"), make.choice([braced(), row("0-9A-Fa-f")])]), undefined);
  const afterD = make.choice([
    make.seq([hex("0-7"), hex(), hex()]),
    make.seq([hex("89ABab"), hex(), hex(), second]),
    make.seq([hex("C-Fc-f"), hex(), hex()]),
  ]);
  return make.choice([braced(), row("0-9A-CEFa-cef"), make.seq([hex("Dd"), afterD])]);
}

function row(first: string): Node {
  return make.seq([hex(first), hex(), hex(), hex()]);
}

function braced(): Node {
  return make.seq([make.text("{"), make.repeat(hex(), { min: 1, max: 6 }), make.text("}")]);
}

const decoded: Refiner = (text, site) => {
  const written = String(text);
  const letter = written.charAt(1);
  const short = SHORT.get(letter);
  if (short !== undefined) return short;
  if (letter === "x") return String.fromCharCode(Number.parseInt(written.slice(2), 16));
  if (letter !== "u") return invalid(written);
  if (written.length === 12 && written.charAt(6) === "\\") {
    const pair = [written.slice(2, 6), written.slice(8)].map((digits) => Number.parseInt(digits, 16));
    const [high = 0, low = 0] = pair;
    if (isLow(low)) return String.fromCharCode(high, low);
  }
  const digits = /[0-9A-Fa-f]+/.exec(written)?.[0] ?? "";
  const code = Number.parseInt(digits, 16);
  if (code <= HIGHEST && !isHigh(code) && !isLow(code)) return String.fromCodePoint(code);
  const first = written.charAt(2) === "{" ? written : written.slice(0, 6);
  const reason = code > HIGHEST ? "it is more than 10FFFF" : "it is half of a surrogate pair";
  return new Refusal({
    code: "E7202",
    message: `${first} is not a Unicode scalar value: ${reason}`,
    messageKey: code > HIGHEST ? "E7202.beyond" : "E7202.half",
    args: [first],
    at: site.span(site.start, site.start + first.length),
    notes: [],
  });
};

function invalid(written: string): Refusal {
  const lineEnd = /[\n\r]$/.test(written);
  return new Refusal({
    code: "E7201",
    message: `${lineEnd ? "a line end" : written} is not an escape sequence; the escapes are ${VALID}`,
    messageKey: lineEnd ? "E7201.line" : "E7201",
    args: lineEnd ? [VALID] : [written, VALID],
    notes: [],
  });
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
