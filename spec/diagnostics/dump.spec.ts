// Reports of binary input: the bytes around the place, in hexadecimal.
import test from "ava";
import { pretty } from "../../src/diagnostics/index.ts";
import { many, type Parser, run, seq, unwrap } from "../../src/index.ts";
import { bytes, takeBytes, uint8, uint32be } from "../../src/lex/binary/index.ts";
import { string } from "../../src/lex/index.ts";
import { type Chunk, CLOSED, parseLoopSync } from "../../src/stream/index.ts";

const row = (...lines: readonly string[]): string => lines.join("\n");
const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i);
const config = { input: "binary" } as const;

function streamed(p: Parser<unknown, unknown>, chunks: readonly Chunk[]): string {
  const loop = parseLoopSync(p, config);
  let step = loop.next();
  for (const chunk of [...chunks, CLOSED] as const) if (step.done !== true) step = loop.next(chunk);
  return step.done === true ? pretty(step.value.result.diagnostics) : "pending";
}

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0);
const header = seq(bytes(png.subarray(0, 8)), uint32be, bytes([0x49, 0x48, 0x44, 0x52]));

const reports: readonly (readonly [name: string, p: Parser<unknown, unknown>, input: Uint8Array, report: string])[] = [
  [
    "the row of the place, and the place under it",
    header,
    png,
    row(
      'error[E1001]: expected "49 48 44 52"',
      " --> 1:13 (byte 12)",
      "00000000 | 89 50 4e 47 0d 0a 1a 0a  00 00 00 0d 49 48 44 00 | .PNG........IHD.",
      "         |                                      ^^",
    ),
  ],
  [
    "the row before",
    seq(takeBytes(41), bytes([1])),
    counting(60),
    row(
      'error[E1001]: expected "01"',
      " --> 1:42 (byte 41)",
      "00000010 | 10 11 12 13 14 15 16 17  18 19 1a 1b 1c 1d 1e 1f | ................",
      "00000020 | 20 21 22 23 24 25 26 27  28 29 2a 2b 2c 2d 2e 2f |  !\"#$%&'()*+,-./",
      "         |                             ^^",
    ),
  ],
  [
    "the end of the input",
    seq(takeBytes(3), takeBytes(2)),
    counting(4),
    row(
      "error[E1001]: expected 2 bytes",
      " --> 1:4 (byte 3)",
      "00000000 | 00 01 02 03                                      | ....",
      "         |          ^^",
    ),
  ],
  [
    "the end of the input at the end of a row",
    seq(many(uint8), bytes([1])),
    counting(16),
    row(
      'error[E1001]: unexpected end of input, expected "01" or uint8',
      " --> 1:17 (byte 16)",
      "00000000 | 00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f | ................",
      "00000010 |                                                  |",
      "         | ^^",
    ),
  ],
  [
    "no input at all",
    uint8,
    counting(0),
    row(
      "error[E1001]: unexpected end of input, expected uint8",
      " --> 1:1 (byte 0)",
      "00000000 |                                                  |",
      "         | ^^",
    ),
  ],
];

for (const [name, p, input, report] of reports) {
  test(name, (t) => {
    const result = run(p, input, config);
    t.is(pretty(result.diagnostics), report, "from what is kept");
    t.is(pretty(result.diagnostics, input), report, "from the input");
    t.is(pretty(JSON.parse(JSON.stringify(result.diagnostics)), input), report, "of a copy");
    t.is(t.throws(() => unwrap(result))?.message, report);
    t.is(streamed(p, [input]), report, "in one chunk");
    for (let at = 0; at <= input.length; at++) {
      const lines = streamed(p, [input.subarray(0, at), input.subarray(at)]).split("\n");
      // what came before the place is there however it came; behind it, what had come
      t.deepEqual(lines.slice(0, 2), report.split("\n").slice(0, 2));
      t.is(lines.at(-1), report.split("\n").at(-1));
      const upTo = lines.at(-1)?.indexOf("^") ?? 0;
      t.is(lines.at(-2)?.slice(0, upTo), report.split("\n").at(-2)?.slice(0, upTo));
    }
  });
}

test("a narrow terminal has rows of eight bytes, a very narrow one of four", (t) => {
  const { diagnostics } = run(seq(takeBytes(9), bytes([1])), counting(12), config);
  const dumped = (width: number): string[] => pretty(diagnostics, counting(12), { width }).split("\n").slice(2);
  t.deepEqual(dumped(50), [
    "00000000 | 00 01 02 03  04 05 06 07 | ........",
    "00000008 | 08 09 0a 0b              | ....",
    "         |    ^^",
  ]);
  t.deepEqual(dumped(20), ["00000004 | 04 05  06 07 | ....", "00000008 | 08 09  0a 0b | ....", "         |    ^^"]);
});

test("the bytes of a text", (t) => {
  const text = "größe";
  const bytes = new TextEncoder().encode(text);
  const { diagnostics } = run(string("grösse"), bytes);
  t.deepEqual(pretty(diagnostics, text).split("\n").slice(2, 5), ["  |", "1 | größe", "  | ^"]);
  t.deepEqual(pretty(diagnostics, bytes).split("\n").slice(2), [
    "00000000 | 67 72 c3 b6 c3 9f 65                             | gr....e",
    "         | ^^",
  ]);
});

test("bytes that are not those of the diagnostic", (t) => {
  const { diagnostics } = run(seq(takeBytes(9), bytes([1])), counting(12), config);
  t.is(pretty(diagnostics, counting(3)), 'error[E1001]: expected "01"\n --> 1:10 (byte 9)');
});

test("in colours", (t) => {
  const { diagnostics } = run(bytes([1]), counting(2), config);
  const plain = pretty(diagnostics);
  const coloured = pretty(diagnostics, undefined, { color: true });
  t.true(coloured.includes("\x1b[1;31m^^\x1b[0m"));
  t.is(coloured.replace(/\x1b\[[\d;]*m/g, ""), plain);
});
