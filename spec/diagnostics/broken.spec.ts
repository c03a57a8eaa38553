// What is said of broken inputs, in full: as one text, however it is cut up, and from what a streamed run keeps of it.
import test from "ava";
import stringWidth from "string-width";
import { pretty } from "../../src/diagnostics/index.ts";
import type { Diagnostic, Parser, RunConfig } from "../../src/index.ts";
import { type Chunk, CLOSED, parseLoopSync } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";
import { casesOf, corpora, GRAMMARS } from "./_broken.ts";
import { clusters } from "./_made.ts";

function streamed(
  parser: Parser<unknown, unknown>,
  chunks: readonly Chunk[],
  config: RunConfig,
): readonly Diagnostic[] {
  const loop = parseLoopSync(parser, config);
  let step = loop.next();
  for (const chunk of [...chunks, CLOSED] as const) if (step.done !== true) step = loop.next(chunk);
  return step.done === true ? step.value.result.diagnostics : [];
}

function pieces(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size));
}

/** The row that is underlined with "^", up to the first character above that. */
function throughFailure(report: string): string | undefined {
  const rows = report.split("\n");
  const at = rows.findIndex((row) => /^ *\| [ |-]*\^/.test(row));
  const column = rows[at]?.indexOf("^") ?? 0;
  let shown = "";
  for (const { segment } of clusters(rows[at - 1] ?? "")) if (stringWidth(shown) <= column) shown += segment;
  return shown.replace(/…$/, "").trimEnd();
}

test("every grammar has its corpus, and there are more than sixty cases", (t) => {
  t.deepEqual(corpora(), Object.keys(GRAMMARS).sort());
  const cases = corpora().flatMap(casesOf);
  t.true(cases.length >= 60);
  t.true(corpora().every((corpus) => new Set(casesOf(corpus).map(({ name }) => name)).size === casesOf(corpus).length));
});

for (const [corpus, { parser, config }] of Object.entries(GRAMMARS)) {
  for (const { name, input, report } of casesOf(corpus)) {
    test(`${corpus}: ${name}`, (t) => {
      const { diagnostics } = everyWay(t, parser, input, config);
      t.is(pretty(diagnostics, input), report);
      t.is(pretty(diagnostics), report, "from the lines that are kept");
      if (corpus.endsWith("collect")) t.true(diagnostics.length >= 1);
      else t.is(diagnostics.length, 1);
    });

    test(`${corpus}: ${name}, in pieces`, (t) => {
      t.is(pretty(streamed(parser, [input], config)), report, "as one chunk");
      const expected = report.split("\n\n").map(throughFailure);
      for (const size of [1, 2, 3, 7]) {
        const parts = pretty(streamed(parser, pieces(input, size), config)).split("\n\n");
        t.deepEqual(parts.map(throughFailure), expected, `${size}`);
      }
    });
  }
}
