import test, { type ExecutionContext } from "ava";
import fc from "fast-check";
import { LineIndex, type Position, type UnitSource, unitsOf } from "../../src/text/index.ts";
import { size } from "../_size.ts";

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/** The definition, word for word: split the text before into lines, segment the last one alone. */
function naive(text: string, offset: number, start = 0): Position {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? "";
  // A `\n` right after `\r` moves nothing: neither does the split see two lines there.
  return {
    offset: start + offset,
    byteOffset: start + Buffer.byteLength(before),
    line: lines.length,
    column: 1 + [...segmenter.segment(last)].length,
  };
}

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 4 }) },
  { weight: 3, arbitrary: fc.constantFrom("\n", "\r\n", "\r", "\n\r", "\r\r\n") },
  {
    weight: 3,
    arbitrary: fc.constantFrom("\u0301", "\u200d", "\ufe0f", "\u0903", "\u0e33", "\u3099", "\u20e3", "\u200c"),
  },
  { weight: 3, arbitrary: fc.constantFrom("👩‍👩‍👧", "👍🏽", "❤️‍🔥", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏳️‍🌈", "©", "☎\u200d☎", "1️⃣") },
  { weight: 2, arbitrary: fc.constantFrom("🇯🇵", "🇯", "🇫🇷🇩") },
  { weight: 2, arbitrary: fc.constantFrom("\u1100", "\u1161", "\u11a8", "가", "각", "한국어") },
  { weight: 2, arbitrary: fc.constantFrom("क्षत्रिय", "क", "्", "ि", "\u093c", "ৎ", "ক্ষ", "ന്‍", "กำ") },
  { weight: 2, arbitrary: fc.constantFrom("\ud83d", "\udc69", "\ud83c", "\udffb", "\ud800", "\udfff") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "漢字",
      "かな",
      "がぎ",
      "é",
      "ñandú",
      "\u0600",
      "\u0605a",
      "\u2028",
      "\u00ad",
      "\ufeff",
      "\u200b",
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 3 }) },
);
const someText = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(""));

function same(t: ExecutionContext, got: Position, wanted: Position, text: string): void {
  const equal =
    got.offset === wanted.offset &&
    got.byteOffset === wanted.byteOffset &&
    got.line === wanted.line &&
    got.column === wanted.column;
  if (!equal) {
    t.deepEqual(got, wanted, JSON.stringify(text));
    throw new Error("a position differs from its definition");
  }
}

/** Lets go of what a source holds before an offset. */
function letGo(index: LineIndex, source: UnitSource, before: number): void {
  const units = new Uint16Array(Math.max(0, before - index.floor));
  if (units.length > 0) source.copyUnits(index.floor, before, units);
  index.letGo(Array.from(units, (unit) => String.fromCharCode(unit)).join(""));
}

test("what the rules say by name", (t) => {
  const columns = (text: string): string[] => {
    const index = new LineIndex();
    return Array.from({ length: text.length + 1 }, (_, offset) => {
      const { line, column } = index.at(unitsOf(text), offset);
      return `${line}:${column}`;
    });
  };
  t.deepEqual(columns("e\u0301x"), ["1:1", "1:2", "1:2", "1:3"]);
  t.deepEqual(columns("a\r\nb"), ["1:1", "1:2", "2:1", "2:1", "2:2"]);
  t.deepEqual(columns("\n\r\r\n\n"), ["1:1", "2:1", "3:1", "4:1", "4:1", "5:1"]);
});

test("every offset, asked in order, backwards and at random", (t) => {
  fc.assert(
    fc.property(someText, fc.infiniteStream(fc.nat()), (text, order) => {
      const source = unitsOf(text);
      const wanted = Array.from({ length: text.length + 1 }, (_, offset) => naive(text, offset));
      const [up, down, mixed] = [new LineIndex(), new LineIndex(), new LineIndex()];
      for (const position of wanted) {
        same(t, up.at(source, position.offset), position, text);
        same(t, new LineIndex().at(source, position.offset), position, text);
        const offset = (order.next().value ?? 0) % wanted.length;
        same(t, mixed.at(source, offset), wanted[offset] as Position, text);
      }
      for (const position of wanted.toReversed()) same(t, down.at(source, position.offset), position, text);
    }),
    { seed: 20240229, numRuns: size(150, 2000) },
  );
  t.pass();
});

/** Feeds a text in chunks, letting go of random amounts, with only the retained text to be read. */
function streamed(t: ExecutionContext, text: string, start: number, draw: () => number): void {
  let index = new LineIndex({ offset: start, byteOffset: start, line: 1, column: 1 });
  let from = 0;
  let to = 0;
  while (true) {
    const retained = unitsOf(text.slice(from, to), start + from);
    for (let asked = draw() % 3; asked >= 0; asked--) {
      const offset = from + (draw() % (to - from + 1));
      same(t, index.at(retained, start + offset), naive(text, offset, start), text);
    }
    if (draw() % 4 === 0) {
      const fork = index.fork();
      // The one left behind reads something else: the other mustn't see it.
      if (draw() % 2 === 0) {
        index.at(unitsOf(`${text.slice(from, to)}\r\n\u0301zz`, start + from), start + to + 4);
        index = fork;
      } else {
        fork.at(unitsOf(`${text.slice(from, to)}\r\n\u0301zz`, start + from), start + to + 4);
        letGo(fork, retained, start + to);
      }
    }
    if (draw() % 2 === 0) {
      const before = from + (draw() % (to - from + 1));
      letGo(index, retained, start + before);
      from = before;
    }
    if (to === text.length) return;
    to = Math.min(text.length, to + 1 + (draw() % 5));
  }
}

test("any chunks, any letting go, far out", (t) => {
  fc.assert(
    fc.property(someText, fc.constantFrom(0, 2 ** 31 - 2, 2 ** 40), fc.infiniteStream(fc.nat()), (text, start, draws) =>
      streamed(t, text, start, () => draws.next().value ?? 0),
    ),
    { seed: 20240229, numRuns: size(150, 2000) },
  );
  t.pass();
});

test("long lines cross blocks and checkpoints", (t) => {
  const long = fc.array(fc.tuple(piece, fc.integer({ min: 1, max: 300 })), { minLength: 8, maxLength: 16 });
  fc.assert(
    fc.property(long, fc.infiniteStream(fc.nat()), (pieces, order) => {
      const text = pieces
        .map(([some, times]) => some.repeat(times))
        .join("")
        .slice(0, 6000);
      const index = new LineIndex();
      for (let n = 0; n < 20; n++) {
        const offset = (order.next().value ?? 0) % (text.length + 1);
        same(t, index.at(unitsOf(text), offset), naiveCut(text, offset), text);
      }
    }),
    { seed: 20240229, numRuns: size(15, 150) },
  );
  t.pass();
});

/** The definition with clusters cut after 1024 units, or 1023 where a pair would be parted. */
function naiveCut(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|\r|\n/);
  let rest = lines.at(-1) ?? "";
  let column = 1;
  while (rest !== "") {
    let tooLong = -1;
    for (const { index, segment } of segmenter.segment(rest)) {
      column++;
      if (segment.length > 1024) {
        tooLong = index;
        break;
      }
    }
    if (tooLong < 0) break;
    rest = rest.slice(tooLong);
    rest = rest.slice((rest.codePointAt(1023) ?? 0) > 0xffff ? 1023 : 1024);
  }
  return { offset, byteOffset: Buffer.byteLength(before), line: lines.length, column };
}

test("a cluster over 1024 units is cut there", (t) => {
  const texts = [
    `a${"\u0301".repeat(5000)}b`,
    "\u200d".repeat(5000),
    `\u0600${"\u0301".repeat(3000)}`,
    "👩\u200d".repeat(2000),
    `x${"🏽".repeat(1500)}y`,
    `${"\u0600".repeat(1500)}a`,
    `क${"\u094d\u200d".repeat(1000)}क`,
    `👩${"\u200d👩".repeat(400)}`,
  ];
  for (const text of texts) {
    const index = new LineIndex();
    const step = (offset: number): number => (Math.abs(offset - 1024) < 60 ? 1 : size(61, 1)) + (offset % 17);
    for (let offset = 0; offset <= text.length; offset += step(offset)) {
      same(t, index.at(unitsOf(text), offset), naiveCut(text, offset), text);
      same(t, new LineIndex().at(unitsOf(text), offset), naiveCut(text, offset), text);
      const carried = new LineIndex();
      letGo(carried, unitsOf(text), offset);
      same(t, carried.at(unitsOf(text), offset), naiveCut(text, offset), text);
    }
  }
  t.pass();
});

test("very many of one kind on one line are segmented a few times", (t) => {
  let segmented = 0;
  const { segment } = Intl.Segmenter.prototype;
  Intl.Segmenter.prototype.segment = function (text) {
    segmented += text.length;
    return segment.call(this, text);
  };
  t.teardown(() => {
    Intl.Segmenter.prototype.segment = segment;
  });
  const kinds = [
    "a",
    "é",
    "漢",
    "\u0301",
    "\u200d",
    "👩\u200d",
    "👍",
    "🇯",
    "\u1100",
    "क्",
    "\ud83d",
    "\u0600",
    "☎\u200d",
    "\u0378",
  ];
  for (const kind of kinds) {
    const text = kind.repeat(size(60_000, 1_000_000) / kind.length);
    const units = text.length;
    segmented = 0;
    new LineIndex().at(unitsOf(text), units);
    const index = new LineIndex();
    for (let before = 0; before <= units; before += units / 20) letGo(index, unitsOf(text), Math.floor(before));
    t.true(segmented < 20 * units, `${kind}: ${segmented} units of ${units} were segmented`);
  }
});

test("a text after a byte order mark", (t) => {
  const index = new LineIndex({ offset: 1, byteOffset: 3, line: 1, column: 1 });
  const source = unitsOf("\ufeffab");
  t.deepEqual(index.at(source, 1), { offset: 1, byteOffset: 3, line: 1, column: 1 });
  t.deepEqual(index.at(source, 3), { offset: 3, byteOffset: 5, line: 1, column: 3 });
  t.throws(() => index.at(source, 0), { instanceOf: RangeError });
});

test("repaired characters count the bytes of the source", (t) => {
  const text = "a\ufffdb\ufffd\ufffd\ufffd";
  const source = unitsOf(text, 10);
  const index = new LineIndex({ offset: 10, byteOffset: 10, line: 1, column: 1 });
  const bytes = (some: LineIndex): number[] => Array.from({ length: 7 }, (_, k) => some.at(source, 10 + k).byteOffset);
  index.repaired(11, 1);
  const fork = index.fork();
  index.repaired(14, 2);
  t.deepEqual(bytes(index), [10, 11, 12, 13, 16, 18, 21]);
  t.deepEqual(bytes(fork), [10, 11, 12, 13, 16, 19, 22]);
  fork.repaired(13, 1);
  t.deepEqual(bytes(fork), [10, 11, 12, 13, 14, 17, 20]);
  t.deepEqual(bytes(index), [10, 11, 12, 13, 16, 18, 21]);
  letGo(index, source, 12);
  t.is(index.at(source, 16).byteOffset, 21);
  letGo(index, source, 15);
  index.repaired(15, 1);
  t.is(index.at(source, 16).byteOffset, 19);
  t.throws(() => index.repaired(14, 1), { instanceOf: RangeError });
});

test("what was let go can't be asked for", (t) => {
  const index = new LineIndex();
  letGo(index, unitsOf("abcdef"), 4);
  letGo(index, unitsOf("ef", 4), 2);
  t.throws(() => index.at(unitsOf("ef", 4), 3), { message: /before offset 4 was let go/ });
  t.is(index.at(unitsOf("ef", 4), 4).column, 5);
  t.throws(() => index.at(unitsOf("ef", 4), 4.5), { instanceOf: RangeError });
  t.throws(() => index.at(unitsOf("ef", 4), 9), { instanceOf: RangeError });
});

test("many checkpoints and repairs, let go bit by bit", (t) => {
  const line = "some text, some more and an end\r\n";
  const text = line.repeat(8000);
  const index = new LineIndex();
  const source = unitsOf(text);
  for (let offset = 5; offset < text.length; offset += 100) index.repaired(offset, 1);
  index.at(source, text.length);
  for (let before = 0; before < text.length; before += 777) {
    letGo(index, source, before);
    const offset = before + 500 < text.length ? before + 500 : before;
    const { line: number, column, byteOffset } = index.at(source, offset);
    const rest = offset % line.length;
    t.is(number, Math.floor(offset / line.length) + 1 + (rest === line.length - 1 ? 1 : 0));
    t.is(column, rest === line.length - 1 ? 1 : rest + 1);
    t.is(byteOffset, offset - 2 * Math.ceil(Math.max(0, offset - 5) / 100));
  }
});
