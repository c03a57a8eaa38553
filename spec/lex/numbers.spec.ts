// Numbers as text: what is read, and where reading stops.
import test from "ava";
import { map, ok, or, type Parser, seq } from "../../src/index.ts";
import { float, int, int10, intAuto, number, string } from "../../src/lex/index.ts";
import { everyWay } from "../_chunks.ts";
import { failsForGood, gives, refuses } from "../semantics/_reply.ts";

test("int10: digits", (t) => {
  gives(t, int10, "0042", "0042");
  gives(t, map(int10, Number), "1234567890", 1234567890);
  refuses(t, int10, "", 0, ["rule:digit"]);
  refuses(t, int10, "_1", 0, ["rule:digit"]);
  t.is(everyWay(t, int10, "1_0", { requireEof: false }).value, "1");
});

const inRadix = test.macro({
  exec(t, radix: 2 | 8 | 10 | 16, text: string, prefix: string) {
    gives(t, int(radix), text, text);
    gives(t, int(radix), `${text}_${text}`, `${text}_${text}`);
    gives(t, int(radix, { prefix: true }), prefix + text, text);
    gives(t, int(radix, { prefix: true }), prefix.toUpperCase() + text, text);
    gives(t, intAuto, `${prefix}${text}_${text}`, { radix, digits: `${text}_${text}` });
    t.false(everyWay(t, int(radix), `${text}__${text}`).ok);
    t.false(everyWay(t, int(radix), `_${text}`).ok);
    failsForGood(t, int(radix), `${text}_`);
  },
  title: (_, radix) => `int: radix ${radix}`,
});
test(inRadix, 2, "1011", "0b");
test(inRadix, 8, "01267", "0o");
test(inRadix, 10, "98765", "");
test(inRadix, 16, "09afAF", "0x");

test("int: without a prefix where one is asked for", (t) => {
  const hex = int(16, { prefix: true });
  refuses(t, hex, "ff", 0, ["rule:number in radix 16"]);
  refuses(t, hex, "0", 1, ["class:xX"]);
  refuses(t, hex, "0x", 2, ["rule:hexadecimal digit"]);
  refuses(t, hex, "0x_1", 2, ["rule:hexadecimal digit"]);
  failsForGood(t, hex, "0");
  failsForGood(t, hex, "0xg");
  t.is(everyWay(t, or(hex, int(16)), "ff").value, "ff");
});

test("a digit of another radix after a prefix", (t) => {
  for (const [parser, input, at] of [
    [intAuto, "0b102", 4],
    [int(2, { prefix: true }), "0b12", 3],
    [intAuto, "0o778", 4],
    [int(8, { prefix: true }), "0O9", 2],
  ] as const) {
    const [diagnostic] = everyWay(t, parser as Parser<unknown>, input).diagnostics;
    t.is(diagnostic?.at.start.offset, at);
    if (at > 2) t.is(diagnostic?.code, "E7103");
  }
  t.is(everyWay(t, int(2), "12", { requireEof: false }).value, "1");
});

test("intAuto: decimal numbers", (t) => {
  gives(t, intAuto, "0", { radix: 10, digits: "0" });
  gives(t, intAuto, "0755", { radix: 10, digits: "0755" });
  gives(t, intAuto, "0_7", { radix: 10, digits: "0_7" });
  gives(t, intAuto, "1_000", { radix: 10, digits: "1_000" });
  failsForGood(t, intAuto, "0_");
  refuses(t, intAuto, "x", 0, ["rule:integer"]);
});

test("float: what it reads", (t) => {
  for (const text of ["0", "-0", "+1", "42", "007.50", "-2.5e3", "1E+9", "6.02e-23", "9".repeat(400)]) {
    gives(t, float, text, text);
    gives(t, map(float, Number), text, Number(text));
  }
});

test("float: where it stops", (t) => {
  refuses(t, float, ".5", 0, ["rule:number"]);
  refuses(t, float, "x", 0, ["rule:number"]);
  refuses(t, float, "-x", 1, ["rule:digit"]);
  refuses(t, float, "5.", 2, ["rule:digit"]);
  refuses(t, float, "5.x", 2, ["rule:digit"]);
  refuses(t, float, "1e+", 3, ["rule:digit"]);
  refuses(t, float, "1ex", 2, ["class:+\\-", "rule:digit"]);
  for (const text of ["-", "5.", "1e"]) failsForGood(t, float, text);
  t.is(everyWay(t, or(float, ok("none")), ".5", { requireEof: false }).value, "none");
  t.is(everyWay(t, float, "1_000", { requireEof: false }).value, "1");
});

test("bad arguments", (t) => {
  t.throws(() => int(3 as 2), { instanceOf: RangeError, message: /2, 8, 10 or 16, got 3/ });
  t.throws(() => int(16, { prefix: 1 as never }), { instanceOf: TypeError, message: /prefix as a boolean/ });
  t.throws(() => int(16, null as never), { instanceOf: TypeError, message: /options as an object/ });
});

test("where something else should stand, it is no news that a number could have gone on", (t) => {
  const comma = string(",");
  for (const [parser, input] of [
    [float, "1;"],
    [float, "1.5;"],
    [number, "1;"],
    [int(10), "1;"],
    [int(16, { prefix: true }), "0xf;"],
    [intAuto, "0;"],
    [intAuto, "12;"],
    [intAuto, "0b1;"],
  ] as const) {
    const [diagnostic] = everyWay(t, seq(parser as Parser<unknown>, comma), input).diagnostics;
    t.deepEqual(diagnostic?.expected?.alternatives, [{ kind: "token", text: "," }], input);
  }
  refuses(t, float, "1.", 2, ["rule:digit"]);
  refuses(t, float, "1e+", 3, ["rule:digit"]);
  refuses(t, intAuto, "0x", 2, ["rule:hexadecimal digit"]);
});
