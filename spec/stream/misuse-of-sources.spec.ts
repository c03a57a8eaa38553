// Bad input to `parse` and `parseEach`: whatever goes wrong, the source is closed, exactly once, and what was certain has
// been handed out.
import test, { type ExecutionContext } from "ava";
import { attempt, each, many, map, ParseError, type Parser, seq } from "../../src/index.ts";
import { anyChar, string } from "../../src/lex/index.ts";
import {
  type Chunk,
  type ItemOf,
  parse,
  parseEach,
  type Source,
  type StreamingConfig,
} from "../../src/stream/index.ts";
import { endless, watchers } from "./_closing.ts";

const wrong = (value: unknown): never => value as never;
const error = new Error("thrown by a user's function");
/** Throws at the letter z. */
const letter = map(anyChar, (char) => {
  if (char === "z") throw error;
  return char;
});

interface Ended {
  readonly seen: unknown[];
  readonly error?: unknown;
}

/** All that `parseEach` hands out, and what it ends with. */
async function all<T, E>(parser: Parser<T, E>, source: Source, config?: StreamingConfig): Promise<Ended> {
  const seen: ItemOf<T, E>[] = [];
  try {
    for await (const item of parseEach(parser, source, config)) seen.push(item);
  } catch (thrown) {
    return { seen, error: thrown };
  }
  return { seen };
}

/** The same of `parse`, whose outcome holds what was emitted. */
async function whole(parser: Parser<unknown, unknown>, source: Source, config?: StreamingConfig): Promise<Ended> {
  try {
    const { emitted, result } = await parse(parser, source, config);
    return result.ok ? { seen: [...emitted] } : { seen: [...emitted], error: result.diagnostics[0]?.code };
  } catch (thrown) {
    return { seen: [], error: thrown };
  }
}

const codeOf = ({ error: thrown }: Ended): unknown =>
  thrown instanceof ParseError ? thrown.diagnostics[0]?.code : thrown;

function isTypeError(t: ExecutionContext, { error: thrown }: Ended, says: RegExp): void {
  t.true(thrown instanceof TypeError, String(thrown));
  t.regex((thrown as Error).message, says);
}

for (const [name, watched] of Object.entries(watchers)) {
  for (const [runner, taking] of [
    ["parse", whole],
    ["parseEach", all],
  ] as const) {
    const title = `${runner}, ${name}:`;

    test(`${title} read to its end, it is not closed`, async (t) => {
      const { source, closed, given } = watched(["ab", "c"]);
      t.deepEqual((await taking(each(anyChar), source)).seen, ["a", "b", "c"]);
      t.is(closed(), 0);
      t.is(given(), 2);
    });

    test(`${title} closed once where the parse fails`, async (t) => {
      const { source, closed, given } = watched(["aa", "xa", "a"]);
      const ended = await taking(seq(each(string("a")), string("b")), source);
      t.deepEqual(ended.seen, ["a", "a"]);
      t.is(codeOf(ended), "E1001");
      t.is(closed(), 1);
      t.is(given(), 2);
    });

    test(`${title} closed once where the parse is done early`, async (t) => {
      const { source, closed } = watched(["ab", "c"]);
      const ended = await taking(seq(each(string("a")), string("b")), source, { requireEof: false });
      t.deepEqual(ended, { seen: ["a"] });
      t.is(closed(), 1);
    });

    test(`${title} closed once where a function throws; nothing that was certain is lost`, async (t) => {
      for (const chunks of [["ab", "z"], ["abz"], ["a", "b", "z", "c"]]) {
        const { source, closed } = watched(chunks);
        const ended = await taking(each(letter), source);
        t.is(ended.error, error);
        t.is(closed(), 1);
        if (runner === "parseEach") t.deepEqual(ended.seen, ["a", "b"], `fed ${chunks.join()}`);
      }
    });

    test(`${title} closed once at a chunk of the wrong type`, async (t) => {
      for (const chunk of [42, null, ["a"], { length: 2 }]) {
        const { source, closed } = watched(["a", chunk]);
        const ended = await taking(each(anyChar), source);
        isTypeError(t, ended, /^a chunk is a string or a Uint8Array, got /);
        t.is(closed(), 1);
        if (runner === "parseEach") t.deepEqual(ended.seen, ["a"]);
      }
    });

    test(`${title} closed once where the kind changes`, async (t) => {
      const { source, closed } = watched(["a", Uint8Array.of(97), "a"]);
      const ended = await taking(each(anyChar), source);
      t.is(codeOf(ended), "stream.feeder");
      t.deepEqual(ended.seen, ["a"]);
      t.is(closed(), 1);
    });

    test(`${title} not touched by a wrong parser or configuration`, async (t) => {
      const { source, closed, given } = watched(["a"]);
      isTypeError(t, await taking(wrong("a"), source), /^expected a parser/);
      isTypeError(t, await taking(each(anyChar), source, wrong({ nonsense: 1 })), /^there is no option "nonsense"/);
      t.is(given() + closed(), 0);
      t.deepEqual((await taking(each(anyChar), source)).seen, ["a"]);
    });

    test(`${title} closed once when aborted, before and between chunks`, async (t) => {
      const reason = new Error("enough");
      const first = watched(["a", "b"]);
      t.is((await taking(each(anyChar), first.source, { signal: AbortSignal.abort(reason) })).error, reason);
      t.is(first.closed(), 1);
      const control = new AbortController();
      const second = watched(
        (function* () {
          yield "a";
          control.abort(reason);
          yield "b";
          yield "c";
        })(),
      );
      t.is((await taking(each(anyChar), second.source, { signal: control.signal })).error, reason);
      t.is(second.closed(), 1);
    });
  }
}

test("parseEach: closed once when the loop is left", async (t) => {
  for (const watched of Object.values(watchers)) {
    for (const chunks of [
      ["abc", "d"],
      ["a", "b", "c"],
    ]) {
      const { source, closed } = watched(chunks);
      for await (const char of parseEach(each(anyChar), source)) if (char === "b") break;
      t.is(closed(), 1);
    }
  }
});

test("a source that fails: what was certain stays, and it is not closed again", async (t) => {
  const failure = new Error("the line is dead");
  const failing = (): Generator<string> =>
    (function* () {
      yield "ab";
      throw failure;
    })();
  for (const watched of Object.values(watchers)) {
    const one = watched(failing());
    const { result, emitted } = await parse(each(anyChar), one.source);
    t.deepEqual(emitted, ["a", "b"]);
    t.is(result.diagnostics[0]?.code, "stream.io");
    t.regex(result.diagnostics[0]?.message ?? "", /the line is dead/);
    t.is(one.closed(), 0);
    const other = watched(failing());
    const ended = await all(each(anyChar), other.source);
    t.deepEqual(ended.seen, ["a", "b"]);
    t.is(codeOf(ended), "stream.io");
    t.is(other.closed(), 0);
  }
});

test("what closing throws is not heard where something was wrong before", async (t) => {
  const stuck = new Error("it does not close");
  const refusals: readonly ((chunks: readonly Chunk[]) => Source)[] = [
    (chunks) => closingWith(chunks, stuck),
    (chunks) =>
      new ReadableStream<Chunk>({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(chunk);
        },
        cancel: () => Promise.reject(stuck),
      }),
  ];
  const thrown = new Error("thrown by a user's function");
  const throwing = each(
    anyChar.map((char) => {
      if (char === "z") throw thrown;
      return char;
    }),
  );
  for (const refusal of refusals) {
    for (const taking of [whole, all]) {
      t.is((await taking(throwing, refusal(["a", "z", "b"]))).error, thrown);
      t.is(codeOf(await taking(each(string("a")), refusal(["a", "x\n", "b"]))), "E1001");
      t.is(codeOf(await taking(each(anyChar), refusal(["a", new Uint8Array([98])]))), "stream.feeder");
      const done = await taking(seq(each(string("a")), string(";")), refusal(["a", ";"]), { requireEof: false });
      t.is(done.error, stuck);
    }
    const seen: string[] = [];
    const left = async (): Promise<void> => {
      for await (const item of parseEach(each(anyChar), refusal(["a", "b"]))) {
        seen.push(item);
        break;
      }
    };
    await t.throwsAsync(left, { is: stuck });
    t.deepEqual(seen, ["a"]);
    const control = new AbortController();
    const reason = new Error("enough");
    const aborted = async (): Promise<void> => {
      for await (const _ of parseEach(each(anyChar), refusal(["a", "b"]), { signal: control.signal })) {
        control.abort(reason);
      }
    };
    await t.throwsAsync(aborted, { is: reason });
  }
});

function closingWith(chunks: readonly Chunk[], error: Error): Iterable<Chunk> {
  const iterator = chunks[Symbol.iterator]();
  return {
    [Symbol.iterator]: () => ({
      next: () => iterator.next(),
      return() {
        throw error;
      },
    }),
  };
}

test("no source at all", async (t) => {
  for (const source of [undefined, null, 42, {}, () => "a", Symbol("a")]) {
    for (const taking of [whole, all]) {
      isTypeError(t, await taking(each(anyChar), wrong(source)), /^a source is a string, a Uint8Array, an iterable/);
    }
  }
});

test("aborting a source that never answers does not hang", async (t) => {
  const reason = new Error("enough");
  for (const taking of [whole, all]) {
    const control = new AbortController();
    setTimeout(() => control.abort(reason), 10);
    const ended = await Promise.race([
      taking(each(anyChar), endless(["ab"]), { signal: control.signal }),
      new Promise<string>((resolve) => setTimeout(() => resolve("it hangs"), 30_000).unref()),
    ]);
    t.is(typeof ended === "string" ? ended : ended.error, reason);
    if (typeof ended !== "string" && taking === all) t.deepEqual(ended.seen, ["a", "b"]);
  }
});

test("values that a failure took back are not handed out", async (t) => {
  const parser = seq(each(string("a")), attempt(seq(each(string("b")), string("c"))));
  const ended = await all(parser, ["a", "b", "b", "x"]);
  t.deepEqual(ended.seen, ["a"]);
  t.is(codeOf(ended), "E1001");
});

test("a parser is usable again after all of it, and by several at once", async (t) => {
  const parser = each(letter);
  await all(parser, ["az"]);
  await whole(parser, ["a", wrong(1)]);
  const many1 = await Promise.all(Array.from({ length: 20 }, (_, i) => all(parser, ["a".repeat(i), "b"])));
  t.deepEqual(
    many1.map(({ seen }) => seen.length),
    Array.from({ length: 20 }, (_, i) => i + 1),
  );
  t.deepEqual((await whole(many(letter), "ab")).seen, []);
});
