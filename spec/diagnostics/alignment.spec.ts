// Underlines stand under what they mean, as `string-width` measures it, whatever the line is made of.
import { isDeepStrictEqual } from "node:util";
import test from "ava";
import fc from "fast-check";
import stringWidth from "string-width";
import { pretty } from "../../src/diagnostics/index.ts";
import { size } from "../_size.ts";
import { clusters, hardText, spanIn, wrong } from "./_made.ts";

/** The rows of a report that has one line and one underline. */
function rowsOf(report: string): { readonly line: string; readonly under: string } {
  const rows = report.split("\n");
  return { line: (rows[3] ?? "").slice(4), under: (rows[4] ?? "").slice(4) };
}

/** What stands over the signs of an underline, and before them. */
function over(line: string, under: string): { readonly before: string; readonly marked: string } {
  const from = under.search(/[\^+~-]/);
  const signs = under.slice(from).length;
  let before = "";
  let marked = "";
  for (const { segment } of clusters(line)) {
    if (stringWidth(before) < from) before += segment;
    else if (stringWidth(marked) < signs) marked += segment;
  }
  if (stringWidth(before) !== from) throw new Error(`no cluster begins at column ${from} of ${JSON.stringify(line)}`);
  // behind the end there is a sign under nothing
  if (marked !== "" && stringWidth(marked) !== signs) throw new Error(`${JSON.stringify(marked)} over ${signs} signs`);
  return { before, marked };
}

/** What was shown, as it was. The pieces have no spaces and no backslashes of their own. */
function meant(shown: string): string {
  return shown
    .replaceAll("    ", "\t")
    .replace(/\\u\{([\da-f]+)\}/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)));
}

/** A stretch as whole clusters; an empty one is the cluster that stands there. */
function whole(text: string, from: number, to: number): { readonly before: string; readonly marked: string } {
  const all = clusters(text);
  const first = all.filter(({ index }) => index <= from).at(-1)?.index ?? 0;
  const start = from >= text.length ? text.length : first;
  const end = all.find(({ index, segment }) => index + segment.length >= Math.max(to, from + 1));
  return {
    before: text.slice(0, start),
    marked: text.slice(start, end === undefined ? text.length : end.index + end.segment.length),
  };
}

/** Whether a cluster was cut for want of room, and only as far as it had to be. */
function isBeginning(marked: string, cluster: string, left: number): boolean {
  const here = meant(marked);
  const [next = ""] = cluster.slice(here.length);
  return here !== "" && cluster.startsWith(here) && `\\u{${next.codePointAt(0)?.toString(16)}}`.length > left;
}

const stretch: fc.Arbitrary<[text: string, from: number, to: number]> = hardText.chain((pieces) => {
  // spaces at a line's end, which a tab becomes, are not printed
  const text = `${pieces}!`;
  return fc
    .tuple(fc.nat(text.length), fc.nat(text.length))
    .map(([a, b]) => [text, Math.min(a, b), Math.max(a, b)] as [string, number, number]);
});

test("an underline is under what it means", (t) => {
  fc.assert(
    fc.property(stretch, ([text, from, to]) => {
      const { line, under } = rowsOf(pretty(wrong(spanIn(text, from, to)), text, { width: 1000 }));
      const { before, marked } = over(line, under);
      return isDeepStrictEqual({ before: meant(before), marked: meant(marked) }, whole(text, from, to));
    }),
    { seed: 20240229, numRuns: size(400, 5000) },
  );
  t.pass();
});

test("a cut line is no wider than it may be, and underlined as well", (t) => {
  fc.assert(
    fc.property(stretch, fc.integer({ min: 40, max: 80 }), ([text, from], width) => {
      const report = pretty(wrong(spanIn(text, from)), text, { width });
      const { line, under } = rowsOf(report);
      const expected = whole(text, from, from);
      const { before, marked } = over(line, under);
      if (stringWidth(line) > width - 4) throw new Error(`${stringWidth(line)} columns in ${width}`);
      const isMarked =
        meant(marked) === expected.marked || isBeginning(marked, expected.marked, width - 4 - stringWidth(line));
      return expected.before.endsWith(meant(before.replace(/^…/, ""))) && isMarked;
    }),
    { seed: 20240229, numRuns: size(300, 3000) },
  );
  t.pass();
});

test("the change of a fix-it is underlined", (t) => {
  fc.assert(
    fc.property(stretch, hardText, ([text, from, to], piece) => {
      const insert = `<${piece}>`;
      const span = spanIn(text, from, to);
      const report = pretty(wrong(span, { fixits: [{ span, insert }] }), text, { width: 1000 }).split("\n");
      const at = report.findIndex((row) => row.startsWith("help: "));
      const { before, marked } = over((report[at + 2] ?? "").slice(4), (report[at + 3] ?? "").slice(4));
      const changed = text.slice(0, from) + insert + text.slice(to);
      const expected = whole(changed, from, from + insert.length);
      return isDeepStrictEqual({ before: meant(before), marked: meant(marked) }, expected);
    }),
    { seed: 20240229, numRuns: size(150, 1500) },
  );
  t.pass();
});

test("no characters but printable ones leave a report", (t) => {
  fc.assert(
    fc.property(stretch, hardText, ([text, from, to], message) => {
      const span = { ...spanIn(text, from, to), source: message };
      const more = { message, code: message, context: [message], notes: [{ message }, { span, message }] };
      const report = pretty(wrong(span, { ...more, fixits: [{ span, insert: message }] }), text);
      const found = /[\p{Cs}\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u.exec(report);
      if (found !== null) throw new Error(`${JSON.stringify(found[0])} at ${found.index} of ${JSON.stringify(report)}`);
    }),
    { seed: 20240229, numRuns: size(150, 1500) },
  );
  t.pass();
});
