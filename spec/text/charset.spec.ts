import test from "ava";
import fc from "fast-check";
import { CharSet, charSet, toCharSet } from "../../src/text/index.ts";
import { size } from "../_size.ts";

const members = (set: CharSet, to = 0x250): string => {
  let text = "";
  for (let codePoint = 0; codePoint < to; codePoint++) if (set.has(codePoint)) text += String.fromCodePoint(codePoint);
  return text;
};

/** Every question a set can be asked agrees with `has`. */
function consistent(set: CharSet): boolean {
  const out = new Uint8Array(256);
  for (const start of [0, 0x100, 0x300, 0x2000, 0x4e00, 0xd800, 0xdc00, 0xff00]) {
    set.fill(start, out.fill(7));
    for (let k = 0; k < 256; k++) if (out[k] !== (set.has(start + k) ? 1 : 0)) return false;
  }
  return true;
}

const SAMPLE = [...Array(0x300).keys(), 0x4e2d, 0xd800, 0xdbff, 0xdfff, 0xfeff, 0xffff, 0x10000, 0x1f600, 0x10ffff];

test("a description reads as in a regular expression's brackets", (t) => {
  // biome-ignore format: a list
  const descriptions = [
    "a-zA-Z_", "^a-z", "", "^", "-", "a-", "-a", "a-c-e", "+--", "\\d\\-x", "\\w.", "\\s", "\\D", "\\W", "\\S", "^\\S",
    "\\n\\r\\t\\f\\v", "\\\\", "\\]\\^\\-\\/", "a^", "\\x41-\\x43", "\\u0041\\u{1F600}", "\\u{1F600}-\\u{1F64F}", "😀-😎",
    "\\uD83D\\uDE00", "\\uD800", "\\p{L}", "\\P{L}", "^\\p{L}\\d", "\\p{Script=Greek}x", "\\p{Lu}\\P{Ll}", "\\p{Cs}",
  ];
  for (const description of descriptions) {
    const set = charSet(description);
    const regex = new RegExp(`^[${description}]$`, "u");
    for (const codePoint of SAMPLE) {
      t.is(
        set.has(codePoint),
        regex.test(String.fromCodePoint(codePoint)),
        `${description} at ${codePoint.toString(16)}`,
      );
    }
    t.true(consistent(set), description);
    t.true(consistent(set.complement()), description);
  }
});

test("a malformed description says what is wrong, where, and what to write", (t) => {
  const refused: [string, RegExp][] = [
    ["xb-a", /at index 1: the range b-a runs backwards; write a-b/],
    ["ab\\", /at index 2: nothing follows the backslash/],
    ["\\p{Nope}", /at index 0: Nope is no property/],
    ["a\\pL", /at index 1: \\p needs a property in braces/],
    ["\\p{L", /needs a property in braces/],
    ["\\p{}", /needs a property in braces/],
    ["\\q", /at index 0: \\q is no escape; write q/],
    ["\\x4", /needs 2 hexadecimal digits/],
    ["\\u12", /needs 4 hexadecimal digits, or braces/],
    ["\\u{110000}", /is no character/],
    ["\\u{zz}", /needs hexadecimal digits and a closing brace/],
    ["\\d-x", /at index 0: the range \\d-x needs a single character on both sides/],
    ["a-\\w", /needs a single character on both sides/],
  ];
  for (const [description, message] of refused)
    t.throws(() => charSet(description), { instanceOf: SyntaxError, message });
});

test("wrong arguments are named", (t) => {
  const wrong: [unknown, RegExp][] = [
    [/a/, /the regular expression \/a\//],
    [undefined, /undefined/],
    [7, /given 7$|but 7 was given$/],
    [["a"], /an array/],
    [{}, /an object/],
  ];
  for (const [value, message] of wrong) {
    t.throws(() => charSet(value as string), { instanceOf: TypeError, message });
    t.throws(() => toCharSet(value as string), { instanceOf: TypeError, message });
  }
});

test("a class of characters in each of its forms", (t) => {
  t.is(members(toCharSet("a-c^\\d")), "-\\^acd");
  t.true(toCharSet("x😀").has(0x1f600));
  t.false(toCharSet("x😀").has(0xd83d));
  t.true(toCharSet("\ud83d").has(0xd83d));
  t.is(members(toCharSet((char) => "aeiou".includes(char))), "aeiou");
  const set = charSet("a-z");
  t.is(toCharSet(set), set);
});

test("a predicate gets whole characters, once each, and only those asked about", (t) => {
  const seen: string[] = [];
  const set = toCharSet((char) => {
    seen.push(char);
    return char === "😀";
  });
  const both = set.union(charSet("a")).complement();
  t.deepEqual(seen, []);
  t.false(both.has(0x1f600));
  t.true(set.has(0x1f600));
  t.true(both.has(0x62));
  t.false(both.has(0x61));
  t.deepEqual(seen, ["😀", "b"]);
});

test("what a predicate throws gets out, and leaves the set usable", (t) => {
  let broken = true;
  const set = toCharSet(() => {
    if (broken) throw new Error("mine");
    return true;
  });
  t.throws(() => set.has(65), { message: "mine" });
  broken = false;
  t.true(set.has(65));
});

/** A set, and the same as plain logic. */
type Model = [set: CharSet, has: (codePoint: number) => boolean];

const anySet = fc.letrec<{ set: Model }>((tie) => ({
  set: fc.oneof(
    { depthSize: "small" },
    fc.array(fc.tuple(fc.integer({ min: 0, max: 0x2ff }), fc.nat({ max: 40 })), { maxLength: 5 }).map((pairs) => {
      const ranges = pairs.map(([first, more]) => [first, first + more] as const);
      const has = (codePoint: number): boolean => ranges.some(([a, b]) => codePoint >= a && codePoint <= b);
      return [CharSet.fromRanges(ranges, "ranges"), has] as Model;
    }),
    fc.constantFrom("\\p{Lu}", "\\P{Ll}", "\\p{Cs}").map((written) => {
      const has = (codePoint: number): boolean => new RegExp(`^${written}$`, "u").test(String.fromCodePoint(codePoint));
      return [charSet(written), has] as Model;
    }),
    fc.integer({ min: 2, max: 9 }).map((n) => {
      const has = (codePoint: number): boolean => codePoint % n === 0;
      return [toCharSet((char) => has(char.codePointAt(0) ?? 0)), has] as Model;
    }),
    tie("set").map(([set, has]): Model => [set.complement(), (codePoint) => !has(codePoint)]),
    fc
      .tuple(tie("set"), tie("set"))
      .map(([[a, inA], [b, inB]]): Model => [a.union(b), (codePoint) => inA(codePoint) || inB(codePoint)]),
  ),
}));

test("union and complement, ranges and lazy ones mixed", (t) => {
  fc.assert(
    fc.property(
      anySet.set,
      ([set, has]) => SAMPLE.every((codePoint) => set.has(codePoint) === has(codePoint)) && consistent(set),
    ),
    { seed: 20240229, numRuns: size(100, 1000) },
  );
  t.pass();
});

test("the only member, and equality", (t) => {
  t.is(charSet("x").single(), 120);
  t.is(toCharSet("xx").single(), 120);
  t.is(charSet("xy").single(), undefined);
  t.is(charSet("").single(), undefined);
  t.is(charSet("\\p{L}").single(), undefined);
  t.true(charSet("a-cd").sameAs(toCharSet("dcba")));
  t.true(charSet("^\\p{L}\\d").sameAs(charSet("^0-9\\p{L}")));
  t.false(charSet("\\p{L}").sameAs(charSet("\\P{L}")));
  t.false(charSet("a").sameAs(charSet("b")));
  const odd = (char: string): boolean => char > "m";
  t.true(toCharSet(odd).sameAs(toCharSet(odd)));
});

test("descriptions for messages", (t) => {
  t.is(charSet("a-z").description, "a-z");
  t.is(charSet("a-z").complement().description, "^a-z");
  t.is(charSet("^a-z").complement().description, "a-z");
  t.is(charSet("^a-z").description, "^a-z");
  t.is(toCharSet("^+").complement().description, "^+^");
  t.is(charSet("a-z").union(charSet("\\d")).complement().description, "^(a-z | \\d)");
  t.is(toCharSet("\n\u200b ").description, "\\n\\u{200B} ");
  t.is(toCharSet("").complement().description, "(any)");
  t.is(toCharSet("").description, "(none)");
  const isVowel = (char: string): boolean => "aeiou".includes(char);
  t.is(toCharSet(isVowel).description, "satisfies isVowel");
  t.is(toCharSet((char) => char === "a").description, 'satisfies (char) => char === "a"');
  t.is(charSet("a".repeat(100)).description, `${"a".repeat(41)}…`);
});

test("the properties taken on trust exist", (t) => {
  const names = [
    "L Lu Ll Lm Lo Lt M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Co Cs Cn",
    "XID_Start XID_Continue ID_Start ID_Continue Alphabetic Lowercase Uppercase White_Space Any ASCII",
  ];
  for (const name of names.join(" ").split(" ")) {
    t.notThrows(() => charSet(`\\p{${name}}\\P{${name}}`).has(65), name);
  }
  t.throws(() => charSet("\\p{La}"), { instanceOf: SyntaxError });
});

test("signs that would mean something between brackets are told of last", (t) => {
  const shown = (members: string): string => CharSet.fromMembers(members).description;
  t.deepEqual(["a-z", "+-", "-+", "+-*/", "^a", "a^", "^", "-"].map(shown), [
    "az-",
    "+-",
    "-+",
    "+*/-",
    "a^",
    "a^",
    "^",
    "-",
  ]);
});
