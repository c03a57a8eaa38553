// Positions behind long text that was let go: its bytes are then known without being counted.
import test from "ava";
import { matched, more, type Parser, primitive, run, seq } from "../../src/index.ts";
import { CLOSED, parseLoopSync } from "../../src/stream/index.ts";

/** So many units, wherever they end: within a pair too. */
const units = (count: number): Parser<number> =>
  primitive<number, number>({
    name: "units",
    start: 0,
    scan: ({ text, from }, seen = 0) => {
      const there = seen + text.length - from;
      return there >= count ? matched(count, from + count - seen) : more(there, text.length);
    },
  });

const tail = `${"y".repeat(100)}\n${"z".repeat(3000)}`;
const texts: [title: string, text: string, parted: number][] = [
  ["within a pair", `line\n${"x".repeat(2042)}😀${tail}`, 2048],
  ["within a pair behind others", `${"é😀\n".repeat(600)}😀${tail}`, 2401],
  ["before a pair", `${"é\r\n".repeat(900)}😀${tail}`, 2700],
  ["behind a pair", `${"日本\n".repeat(900)}😀${tail}`, 2702],
];

for (const [title, text, parted] of texts) {
  test(`a parser that ends ${title}`, (t) => {
    const parser = seq(units(parted), units(text.length - parted));
    const whole = run(parser, text);
    const bytes = new TextEncoder().encode(text).length;
    t.is(whole.span?.end.byteOffset, bytes);
    for (const first of [parted + 1, parted + 2, parted + 60, parted + 900, parted + 2000]) {
      for (const size of [700, 1500, text.length]) {
        const loop = parseLoopSync(parser);
        loop.next();
        loop.next(text.slice(0, first));
        for (let at = first; at < text.length; at += size) loop.next(text.slice(at, at + size));
        const outcome = loop.next(CLOSED).value;
        t.deepEqual(outcome.kind === "completed" && outcome.result.span, whole.span, `${first} and ${size}`);
        t.is(outcome.meta.consumedBytes, bytes);
      }
    }
  });
}
