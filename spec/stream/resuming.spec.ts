// A continuation is a value: resumed more than once, in any order, each time as if it were the only time.
import test from "ava";
import fc from "fast-check";
import { json } from "../../src/formats/json.ts";
import { nodeOf } from "../../src/grammar/parser.ts";
import { type AnyParser, each, many, map, run, seq, spanned } from "../../src/index.ts";
import { anyChar, oneOf, string, takeWhile } from "../../src/lex/index.ts";
import {
  type Chunk,
  CLOSED,
  type Continuation,
  type Pending,
  resume,
  runStream,
  type StreamOutcome,
} from "../../src/stream/index.ts";
import { deepEqual } from "../_equal.ts";
import { type Random, seeded } from "../_random.ts";
import { parameters, runs } from "../reference/grammars.ts";
import { answer } from "../reference/steer.ts";
import { ALPHABET } from "../reference/walk.ts";

/** A continuation, with all that was fed and emitted on the way to it. */
interface Branch {
  readonly pending: Pending<unknown, unknown>;
  readonly path: string;
  readonly emitted: readonly unknown[];
}

/** Grows a tree of resumptions and holds every end of it against `run` on the path that leads there. */
class Tree {
  readonly #parser: AnyParser;
  readonly #random: Random;
  readonly #asBytes: boolean;
  readonly branches: Branch[] = [];
  ends = 0;

  constructor(parser: AnyParser, random: Random) {
    this.#parser = parser;
    this.#random = random;
    this.#asBytes = random.oneIn(3);
    this.#take(runStream(parser, ""), "", []);
  }

  /** Resumes some branch with some of the input, something else, or the end. */
  grow(input: string): void {
    const from = this.#random.pick(this.branches);
    if (this.#random.oneIn(3)) this.look(from);
    if (this.#random.oneIn(5)) this.end(from);
    else this.#feed(from, this.#chunkAfter(from.path, input));
  }

  /** The result so far, and the question whether it could end, equal those of `run`; looking disturbs nothing. */
  look({ pending: { continuation }, path }: Branch): void {
    const expected = run(this.#parser, path);
    if (continuation.canFinish !== expected.ok) throw new Error(`canFinish after ${JSON.stringify(path)}`);
    agree({ ...continuation.preview(), emitted: [] }, { ...expected, emitted: [] }, `previewed after ${path}`);
    void continuation.meta.expectedTokens;
  }

  end({ pending, path, emitted }: Branch): void {
    this.#take(resume(pending.continuation, CLOSED), path, emitted);
  }

  #feed({ pending, path, emitted }: Branch, chunk: string): void {
    const data = this.#asBytes ? new TextEncoder().encode(chunk) : chunk;
    const outcome = resume(pending.continuation, data);
    if (typeof data !== "string") data.fill(0x21);
    this.#take(outcome, path + chunk, emitted);
  }

  #take(outcome: StreamOutcome<unknown, unknown>, path: string, before: readonly unknown[]): void {
    const emitted = [...before, ...outcome.emitted];
    if (outcome.kind === "pending") {
      this.branches.push({ pending: outcome, path, emitted });
      return;
    }
    this.ends += 1;
    agree({ ...outcome.result, emitted }, run(this.#parser, path), `fed ${path}`);
  }

  #chunkAfter(path: string, input: string): string {
    const random = this.#random;
    const rest = input.startsWith(path) ? [...input.slice(path.length)] : [];
    if (rest.length > 0 && !random.oneIn(4)) return rest.slice(0, 1 + random.below(rest.length)).join("");
    return Array.from({ length: random.below(4) }, () => random.pick(ALPHABET)).join("");
  }
}

function agree(streamed: object, expected: object, when: string): void {
  const found = deepEqual(streamed, expected);
  if (found !== undefined) throw new Error(`${JSON.stringify(when)}: ${found}`);
}

test("random grammars: a tree of resumptions, each end as run on its path", (t) => {
  let ends = 0;
  let shared = 0;
  fc.assert(
    fc.property(runs, fc.nat(), ({ parser, input }, seed) => {
      fc.pre(answer(nodeOf(parser), input) !== undefined);
      const random = seeded(seed);
      const tree = new Tree(parser, random);
      for (let i = 0; i < 12 && tree.branches.length > 0; i += 1) tree.grow(input);
      shared += tree.branches.length > 1 ? 1 : 0;
      // from the last to the first, so that all went on before their elders do
      for (const branch of [...tree.branches].reverse()) tree.end(branch);
      for (const branch of tree.branches) tree.look(branch);
      ends += tree.ends;
    }),
    parameters,
  );
  t.true(ends > parameters.numRuns && shared > 0);
});

function pendingAfter<T, E>(outcome: StreamOutcome<T, E>): Pending<T, E> {
  if (outcome.kind !== "pending") throw new Error("it is not pending");
  return outcome;
}

/** Feeds all and ends it. */
function finish<T, E>(continuation: Continuation<T, E>, chunks: readonly Chunk[]): StreamOutcome<T, E> {
  let at = continuation;
  for (const chunk of chunks) {
    const outcome = resume(at, chunk);
    if (outcome.kind === "completed") return outcome;
    at = outcome.continuation;
  }
  return resume(at, CLOSED);
}

const long: readonly (readonly [name: string, parser: AnyParser, input: string])[] = [
  ["JSON", json, '{"a": [1, 2.5, {"b": "cé\\n😀"}, []], "longer": [[[["x"], true], null]], "t": "end"}'],
  ["spans in lines", many(spanned(seq(takeWhile("ab"), string("\n")))), "ab\na\n\nbbb\n"],
  ["emitted items", each(seq(takeWhile("ab"), string(","))), "ab,b,,a,"],
];

for (const [name, parser, input] of long) {
  test(`${name}: every prefix's continuation, resumed again after all others have gone on`, (t) => {
    const kept: { continuation: Continuation<unknown, unknown>; at: number; emitted: unknown[] }[] = [];
    let outcome: StreamOutcome<unknown, unknown> = runStream(parser, "");
    const emitted: unknown[] = [];
    for (let at = 0; outcome.kind === "pending"; at += 1) {
      emitted.push(...outcome.emitted);
      kept.push({ continuation: outcome.continuation, at, emitted: [...emitted] });
      outcome = resume(outcome.continuation, input[at] ?? CLOSED);
    }
    t.is(kept.length, input.length + 1);
    const expected = run(parser, input);
    const random = seeded(7);
    for (let round = 0; round < 3; round += 1) {
      for (const { continuation, at, emitted: before } of [...kept].sort(() => random.below(3) - 1)) {
        let last: StreamOutcome<unknown, unknown> = runStream(parser, "");
        const more: unknown[] = [...before];
        let next = continuation;
        for (const chunk of [input.slice(at, at + 3), input.slice(at + 3), CLOSED] as const) {
          last = resume(next, chunk);
          more.push(...last.emitted);
          if (last.kind === "completed") break;
          next = last.continuation;
        }
        t.is(last.kind, "completed");
        if (last.kind === "completed") t.is(deepEqual({ ...last.result, emitted: more }, expected), undefined);
      }
    }
  });
}

test("a continuation keeps its text when the live run writes on, and bytes when the buffer is used again", (t) => {
  const parser = seq(takeWhile("ab"), many(anyChar));
  for (const encode of [(text: string): Chunk => text, (text: string): Chunk => new TextEncoder().encode(text)]) {
    const first = pendingAfter(runStream(parser, encode("ab")));
    const endings = ["abc", "b", "ccccccccccc", "", "é".repeat(200)];
    for (const ending of [...endings, ...endings]) {
      const outcome = finish(first.continuation, [encode(ending), encode("x")]);
      t.is(outcome.kind, "completed");
      if (outcome.kind === "completed") t.is(deepEqual(outcome.result, run(parser, `ab${ending}x`)), undefined);
    }
  }
});

test("what half of a character has come stays with its continuation", (t) => {
  const bytes = new TextEncoder().encode("a😀");
  const half = pendingAfter(runStream(many(anyChar), bytes.slice(0, 3)));
  for (const [rest, value] of [
    [bytes.slice(3), ["a", "😀"]],
    [Uint8Array.of(0x98, 0x81), ["a", "😁"]],
    [bytes.slice(3), ["a", "😀"]],
  ] as const) {
    const outcome = finish(half.continuation, [rest]);
    t.deepEqual(outcome.kind === "completed" ? outcome.result.value : undefined, [...value]);
  }
  const high = pendingAfter(runStream(many(anyChar), "a\ud83d"));
  for (const [rest, value] of [
    ["\ude00", ["a", "😀"]],
    ["b", ["a", "\ud83d", "b"]],
    ["\ude01", ["a", "😁"]],
  ] as const) {
    const outcome = finish(high.continuation, ["", rest]);
    t.deepEqual(outcome.kind === "completed" ? outcome.result.value : undefined, [...value]);
  }
});

test("a function that throws in one branch leaves the others alone", (t) => {
  const parser = many(
    map(anyChar, (char) => {
      if (char === "!") throw new Error("no");
      return char;
    }),
  );
  const { continuation } = pendingAfter(runStream(parser, "ab"));
  for (let i = 0; i < 3; i += 1) {
    t.throws(() => resume(continuation, "c!"), { message: "no" });
    const outcome = finish(continuation, ["c", String(i)]);
    t.deepEqual(outcome.kind === "completed" ? outcome.result.value : undefined, ["a", "b", "c", String(i)]);
  }
});

test("counters and demands are those of the branch", (t) => {
  const first = pendingAfter(runStream(seq(oneOf("ab"), string("abcdef")), "a"));
  const second = pendingAfter(resume(first.continuation, "abc"));
  const other = pendingAfter(resume(first.continuation, ""));
  t.is(second.demand.minBytes, 3);
  t.is(other.demand.minBytes, 6);
  t.is(first.demand.minBytes, 6);
  t.deepEqual([first.meta.chunks, second.meta.chunks, other.meta.chunks], [1, 2, 1]);
  t.deepEqual([first.meta.resumeCount, second.meta.resumeCount, other.meta.resumeCount], [0, 1, 1]);
  const third = pendingAfter(resume(second.continuation, "d"));
  t.deepEqual([third.meta.chunks, third.meta.resumeCount], [3, 2]);
  t.deepEqual(second.continuation.meta.resumeHint, second.demand);
});
