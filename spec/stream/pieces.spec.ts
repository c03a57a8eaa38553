// `pieces`: text that leaves while it is read. Put together the pieces are the text, wherever the chunks end; nothing is kept.
import test, { type ExecutionContext } from "ava";
import fc from "fast-check";
import { nodeOf } from "../../src/grammar/parser.ts";
import {
  type AnyParser,
  attempt,
  between,
  choice,
  each,
  emit,
  label,
  lengthValue,
  lookahead,
  many,
  notFollowedBy,
  opt,
  or,
  type ParseResult,
  type Parser,
  pieces,
  type RunConfig,
  rule,
  run,
  seq,
  skipMany,
  slice,
  sliceBytes,
  verify,
} from "../../src/index.ts";
import { bytes, lengthPrefixed, takeBytes, uint8, uint16be, within } from "../../src/lex/binary/index.ts";
import { charSet, regex, string, takeUntil, takeWhile, takeWhile1, till } from "../../src/lex/index.ts";
import {
  type Chunk,
  CLOSED,
  type Completed,
  parseEach,
  parseLoopSync,
  resume,
  runStream,
} from "../../src/stream/index.ts";
import { deepEqual } from "../_equal.ts";
import { seeded } from "../_random.ts";
import { size } from "../_size.ts";
import { twin } from "../reference/twin/twin.ts";

const [lt, gt] = [string("<"), string(">")];
const body = between(lt, pieces(takeUntil(">")), gt);
const quoted = charSet('"\\\\').complement();

/** Emitted values, pieces that lie side by side as one. */
function joined(emitted: readonly unknown[]): unknown[] {
  const all: unknown[] = [];
  for (const value of emitted) {
    const last = all.at(-1);
    if (typeof value === "string" && typeof last === "string") all[all.length - 1] = last + value;
    else if (value instanceof Uint8Array && last instanceof Uint8Array)
      all[all.length - 1] = Uint8Array.of(...last, ...value);
    else all.push(value);
  }
  return all;
}

function fed(p: AnyParser, chunks: readonly Chunk[], config: RunConfig): { result: object; emitted: unknown[] } {
  const loop = parseLoopSync(p, config);
  const emitted: unknown[] = [];
  let last: Completed<unknown, unknown> | undefined;
  for (const more of [...chunks, CLOSED] as const) {
    const step = loop.next(more);
    emitted.push(...step.value.emitted);
    if (step.done === true) {
      last = step.value;
      break;
    }
    // looking at it, and going on from a capture, changes nothing
    step.value.continuation.preview();
  }
  const { emitted: _, ...result } = last?.result ?? ({} as ParseResult<unknown, unknown>);
  const diagnostics = result.diagnostics.map(({ streamMeta: __, ...diagnostic }) => diagnostic);
  return { result: { ...result, diagnostics }, emitted };
}

/** Every split in two, unit by unit, and random chunkings: the result of `run`, and its pieces put together. */
function everySplit(t: ExecutionContext, p: AnyParser, input: Chunk, config: RunConfig = {}): readonly unknown[] {
  const { emitted, ...result } = run(p, input, config);
  const random = seeded(input.length);
  const n = input.length;
  const cuts = Array.from({ length: n + 1 }, (_, at) => [at]);
  cuts.push(Array.from({ length: n }, (_, at) => at));
  for (let i = 0; i < 20; i++) {
    cuts.push(Array.from({ length: 1 + random.below(6) }, () => random.below(n + 1)).sort((a, b) => a - b));
  }
  for (const at of cuts) {
    const chunks = [0, ...at].map((from, i) => input.slice(from, at[i] ?? n));
    const streamed = fed(p, chunks, config);
    const found = deepEqual(joined(streamed.emitted), joined(emitted)) ?? deepEqual(streamed.result, { ...result });
    if (found !== undefined) t.fail(`cut at ${at.join()}: ${found}`);
    for (const piece of streamed.emitted) if (piece === "" || (piece as Chunk).length === 0) t.fail("an empty piece");
  }
  t.pass();
  return emitted;
}

const binary = { input: "binary" } as const;
const texts: readonly [what: string, p: AnyParser, input: string, emitted: unknown[]][] = [
  ["takeUntil", body, "<abc def>", ["abc def"]],
  ["takeWhile", seq(pieces(takeWhile("ab")), string("c")), "abbac", ["abba"]],
  ["takeWhile1", seq(pieces(takeWhile1("ab")), string("c")), "abbac", ["abba"]],
  ["nothing is no piece", many(body), "<><a><>", ["a"]],
  ["up to a text that nearly comes", seq(pieces(takeUntil("--x--")), string("--x--")), "a--x-b----x--", ["a--x-b--"]],
  ["to the end of the input", pieces(takeWhile(() => true)), "a😀b\r\n", ["a😀b\r\n"]],
  ["what is outside the first plane", seq(pieces(takeUntil("😀!")), string("😀!")), "a😀😀😀!", ["a😀😀"]],
  ["lone halves", pieces(takeWhile(() => true)), "\ud83d\ud83d\ude00\ude00", ["\ud83d\ud83d\ude00\ude00"]],
  ["a byte order mark", pieces(takeWhile(() => true)), "\ufeffab", ["ab"]],
  ["one behind the other", many(body), "<ab><cd>", ["ab", "cd"]],
  [
    "between other values",
    many(
      seq(
        emit(lt).map(() => 1),
        pieces(takeUntil(">")),
        emit(gt),
      ),
    ),
    "<ab><cd>",
    ["<", "ab", ">", "<", "cd", ">"],
  ],
  [
    "a string of parts",
    between(string('"'), skipMany(choice([pieces(takeWhile1(quoted)), emit(string("\\n").as("\n"))])), string('"')),
    '"ab\\ncd\\n"',
    ["ab", "\n", "cd", "\n"],
  ],
  [
    "under a rule and a label",
    rule("r", label("l", pieces(rule("q", label("m", takeWhile1("ab")))))),
    "abab",
    ["abab"],
  ],
  ["in a slice", slice(seq(lt, pieces(takeUntil(">")), gt)), "<abc>", ["abc"]],
  ["each gives how many", each(body), "<abc><d>", ["abc", 3, "d", 1]],
  [
    "a choice before it",
    or(seq(string("a"), string("b")), seq(string("<"), pieces(takeUntil(">")), gt)),
    "<abc>",
    ["abc"],
  ],
  // failures: what was read has left
  ["an end that never comes", body, "<abc", ["abc"]],
  ["a part of the end", seq(pieces(takeUntil("--")), string("--")), "abc-", ["abc-"]],
  ["takeWhile1 without any", or(pieces(takeWhile1("ab")), emit(string("c"))), "c", ["c"]],
  ["what comes behind it", seq(body, string("!")), "<abc>?", ["abc"]],
  ["an alternative that has read", or(seq(pieces(takeWhile1("a")), string("b")), emit(string("aac"))), "aac", ["aa"]],
  // what goes back holds the pieces, and drops them
  ["an attempt that succeeds", seq(attempt(seq(pieces(takeWhile1("a")), string("b"))), string("c")), "aaabc", ["aaa"]],
  [
    "an attempt that fails",
    or(attempt(seq(pieces(takeWhile1("a")), string("b"))), emit(string("aaac"))),
    "aaac",
    ["aaac"],
  ],
  ["a look-ahead", seq(lookahead(pieces(takeWhile1("a"))), pieces(takeWhile1("a"))), "aaa", ["aaa"]],
  [
    "notFollowedBy",
    seq(notFollowedBy(seq(pieces(takeWhile1("a")), string("b"))), pieces(takeWhile1("a"))),
    "aaa",
    ["aaa"],
  ],
];

for (const [what, p, input, emitted] of texts) {
  test(`the pieces are the text: ${what}`, (t) => {
    t.deepEqual([...everySplit(t, p, input)], emitted);
    if (!/\p{Surrogate}/u.test(input)) t.deepEqual([...everySplit(t, p, new TextEncoder().encode(input))], emitted);
    const alone = twin(nodeOf(p), input, { requireEof: true });
    t.deepEqual([...alone.emitted], emitted);
    t.is(alone.ok, run(p, input).ok);
  });
}

const of = (...all: number[]): Uint8Array => Uint8Array.from(all);
const blocks: readonly [what: string, p: AnyParser, input: Uint8Array, emitted: unknown[]][] = [
  ["takeBytes", seq(bytes([1]), pieces(takeBytes(4)), bytes([1])), of(1, 7, 8, 9, 7, 1), [of(7, 8, 9, 7)]],
  ["takeBytes of none", seq(pieces(takeBytes(0)), bytes([1])), of(1), []],
  ["lengthPrefixed", many(seq(pieces(lengthPrefixed(uint8)), emit(uint8))), of(2, 7, 8, 1, 0, 2), [of(7, 8), 1, 2]],
  ["a length of two bytes", pieces(lengthPrefixed(uint16be)), of(0, 3, 7, 8, 9), [of(7, 8, 9)]],
  ["within", seq(within(3, pieces(takeBytes(3))), emit(uint8)), of(7, 8, 9, 1), [of(7, 8, 9), 1]],
  [
    "text among bytes",
    seq(pieces(takeUntil("-")), string("-"), pieces(takeBytes(1))),
    of(0x61, 0xe9, 0x2d, 7),
    ["a\u00e9", of(7)],
  ],
  ["behind a length", lengthValue(uint8, pieces(takeWhile("a\u00e9"))), of(2, 0x61, 0x61), ["aa"]],
  ["judged", verify(pieces(takeBytes(2)), (n) => n === 2, "no"), of(7, 8), [of(7, 8)]],
  [
    "judged wrong",
    or(
      verify(seq(uint8, pieces(takeBytes(1))), () => false, "no"),
      uint16be,
    ),
    of(7, 8),
    [of(8)],
  ],
  ["in a slice of bytes", sliceBytes(pieces(takeBytes(3))), of(7, 8, 9), [of(7, 8, 9)]],
  ["too few bytes", pieces(takeBytes(4)), of(7, 8), [of(7, 8)]],
  ["fewer than a length says", many(pieces(lengthPrefixed(uint8))), of(1, 7, 4, 8, 9), [of(7), of(8, 9)]],
  ["no more than a limit leaves", within(2, pieces(takeBytes(3))), of(7, 8, 9), [of(7, 8)]],
  ["a wrong length", pieces(lengthPrefixed(uint8, 3)), of(9, 7), []],
  ["too few in an attempt", seq(opt(attempt(pieces(takeBytes(3)))), emit(uint8), emit(uint8)), of(7, 8), [7, 8]],
];

for (const [what, p, input, emitted] of blocks) {
  test(`the pieces are the bytes: ${what}`, (t) => {
    t.deepEqual(joined(everySplit(t, p, input, binary)), joined(emitted));
  });
}

test("too few bytes: the failure is where the input ends, consumed, and says what was wanted", (t) => {
  const p = or(pieces(takeBytes(4)), pieces(takeBytes(1)));
  const { diagnostics } = run(p, of(7, 8), binary);
  t.is(diagnostics[0]?.at.start.offset, 2);
  t.is(diagnostics[0]?.message, "unexpected end of input, expected 4 bytes");
});

test("random texts in random chunks", (t) => {
  const unit = fc.constantFrom("a", ">", "<", "-", "\ud83d", "\ude00", "\n");
  const p = many(
    or(between(lt, pieces(takeUntil("->")), string("->")), or(pieces(takeWhile1("a\n")), emit(string("-")))),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 20 }), fc.array(fc.nat(20), { maxLength: 6 }), (units, at) => {
      const input = units.join("");
      const cuts = at.map((one) => Math.min(one, input.length)).sort((a, b) => a - b);
      const chunks = [0, ...cuts].map((from, i) => input.slice(from, cuts[i] ?? input.length));
      const { emitted, ...result } = run(p, input);
      const streamed = fed(p, chunks, {});
      t.deepEqual(joined(streamed.emitted), joined(emitted));
      t.is(deepEqual(streamed.result, { ...result }), undefined);
      t.deepEqual(joined(twin(nodeOf(p), input, { requireEof: true }).emitted), joined(emitted));
    }),
    { numRuns: size(100, 1000) },
  );
});

test("each chunk's text leaves at its end, at once", async (t) => {
  const seen: unknown[] = [];
  const chunks = ["x<ab", "cd", "", "e>f", "<g", ">"];
  let taken = 0;
  function* source(): Generator<string> {
    for (const chunk of chunks) {
      seen.push(taken);
      yield chunk;
    }
  }
  for await (const piece of parseEach(many(choice([body, string("x").as(0), string("f").as(0)])), source())) {
    taken += 1;
    seen.push(piece);
  }
  t.deepEqual(seen, [0, "ab", 1, "cd", 2, 2, "e", 3, "g", 4]);
});

test("many small chunks that were read ahead do not pile up: a run rests when as many pieces wait as may", (t) => {
  const loop = parseLoopSync(body, { demandCap: { frames: 2 } });
  let step = loop.next("<a");
  const sizes = [];
  for (const more of ["b", "c", "d", ">", CLOSED] as const) {
    sizes.push(step.value.emitted.length);
    step = loop.next(more);
  }
  t.true(sizes.every((size) => size <= 2));
});

test("nothing is kept: no limit is passed, and the window stays as small as a chunk", (t) => {
  const limits = { maxTokenUnits: 10, maxBufferedUnits: 10 };
  const input = `<${"a".repeat(200)}>`;
  for (const [p, one] of [
    [body, input],
    [between(lt, pieces(takeWhile("a")), gt), input],
  ] as const) {
    t.deepEqual(everySplit(t, p, one, { limits }), ["a".repeat(200)]);
  }
  t.true(run(pieces(takeBytes(1000)), new Uint8Array(1000), { ...binary, limits }).ok);
  // what goes back keeps its text, and a slice is one text
  t.is(run(attempt(body), input, { limits }).diagnostics[0]?.code, "limit.buffer");
  const sliced = slice(body);
  t.is(run(sliced, input, { limits }).diagnostics[0]?.code, "limit.token");
  everySplit(t, sliced, input.slice(0, 40), { limits });
  everySplit(t, attempt(body), input.slice(0, 40), { limits });

  let outcome = runStream(body, "<");
  for (let i = 0; i < 300 && outcome.kind === "pending"; i++) {
    t.true(outcome.continuation.meta.buffered <= 100);
    outcome = resume(outcome.continuation, "a".repeat(100));
    t.deepEqual(outcome.emitted, ["a".repeat(100)]);
  }
});

test("how many bytes are still wanted is said", (t) => {
  const first = runStream(pieces(takeBytes(10)), of(1, 2, 3), binary);
  t.is(first.kind === "pending" && first.demand.minBytes, 7);
});

test("a stream that breaks has handed out what came before", (t) => {
  const input = new TextEncoder().encode("<abc");
  const broken = Uint8Array.of(...input, 0xff, 62);
  t.deepEqual([...everySplit(t, body, broken)], ["abc"]);
  t.is(run(body, broken).diagnostics[0]?.code, "stream.decode");
});

test("what may go back into its text is refused", (t) => {
  for (const p of [
    string("a"),
    regex(/(?:ab)+/u),
    slice(takeWhile("a")),
    takeWhile("a").map((a) => a),
    till(regex(/-+/u)),
  ]) {
    t.throws(() => pieces(p as Parser<string>), { instanceOf: TypeError, message: /^pieces takes takeWhile/ });
  }
  t.throws(() => pieces("a" as never), { instanceOf: TypeError });
  t.notThrows(() => pieces(till(string("--"))));
});
