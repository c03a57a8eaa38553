// What is particular to some sources: streams of bytes, Node's streams, files, and feeders.
import { existsSync, mkdtempSync, readdirSync, readlinkSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import test from "ava";
import { each, many, map, type ParseError, skipR } from "../../src/index.ts";
import { takeBytes } from "../../src/lex/binary/index.ts";
import { anyChar, int10, lexeme, oneOf, symbol } from "../../src/lex/index.ts";
import { chunk, feederOf, parse, parseEach, runStream } from "../../src/stream/index.ts";
import { file } from "../../src/stream/node.ts";
import { settled } from "./_clock.ts";

const number = skipR(map(lexeme(int10), Number), symbol(";"));
const items = each(number);
const letters = each(anyChar);
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function all<T>(from: AsyncIterable<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of from) values.push(value);
  return values;
}

test("a stream of bytes is read, cancelled, and can be locked by somebody else", async (t) => {
  const cancelled: unknown[] = [];
  const bytes = (): ReadableStream<Uint8Array> => {
    const left = ["1; 2", "0;", " 300;"];
    return new ReadableStream({
      type: "bytes",
      pull(controller) {
        const next = left.shift();
        if (next === undefined) {
          controller.close();
          // what asked for bytes to be put somewhere is told of the end
          controller.byobRequest?.respond(0);
        } else controller.enqueue(utf8(next));
      },
      cancel: (reason) => void cancelled.push(reason),
    });
  };
  t.deepEqual(await all(parseEach(items, bytes())), [1, 20, 300]);
  t.deepEqual((await parse(takeBytes(11), bytes(), { input: "binary" })).result.value, utf8("1; 20; 300;"));
  const left = bytes();
  for await (const _ of parseEach(items, left)) break;
  t.deepEqual(cancelled, [undefined]);
  t.false(left.locked);
  const locked = bytes();
  locked.getReader();
  await t.throwsAsync(parse(items, locked), { instanceOf: TypeError, message: /locked/ });
});

test("a Node stream is destroyed, however early a run leaves it", async (t) => {
  const never = (): Readable => new Readable({ read() {} });
  const aborted = never();
  await t.throwsAsync(parse(items, aborted, { signal: AbortSignal.abort("before") }), { any: true });
  t.true(aborted.destroyed);
  const waiting = never();
  const control = new AbortController();
  setImmediate(() => control.abort("enough"));
  await t.throwsAsync(parse(items, waiting, { signal: control.signal }), { any: true });
  t.true(waiting.destroyed);
  const throwing = never();
  const wrong = map(anyChar, () => {
    throw new Error("wrong");
  });
  throwing.push("a");
  await t.throwsAsync(parse(wrong, throwing), { message: "wrong" });
  t.true(throwing.destroyed);
});

test("a Node stream that is destroyed by others, or fails, is an error of the stream with its cause", async (t) => {
  const cause = new Error("the line is dead");
  for (const error of [cause, undefined]) {
    const through = new PassThrough({ encoding: "utf8" });
    through.write("1;2;");
    const parsing = parse(items, through);
    await settled();
    through.destroy(error);
    const { result, emitted } = await parsing;
    t.deepEqual(emitted, [1, 2]);
    const [diagnostic] = result.diagnostics;
    t.is(diagnostic?.code, "stream.io");
    const found = (diagnostic?.extensions.stream as { cause?: unknown } | undefined)?.cause;
    if (error === undefined) t.regex(String(found), /Premature close/);
    else t.is(found, error);
    t.deepEqual(JSON.parse(JSON.stringify(diagnostic)).extensions, { stream: {} });
  }
});

test("a ParseError has the cause of the broken stream", async (t) => {
  const cause = new Error("the line is dead");
  const failing = (async function* (): AsyncGenerator<string> {
    yield "1;";
    throw cause;
  })();
  const error = await t.throwsAsync<ParseError>(all(parseEach(items, failing)), { name: "ParseError" });
  t.is(error?.cause, cause);
  const plain = await t.throwsAsync<ParseError>(all(parseEach(items, "x")), { name: "ParseError" });
  t.false("cause" in (plain ?? {}));
});

// Files

function withFile(content: string, use: (path: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-"));
  const path = join(folder, "numbers.txt");
  writeFileSync(path, content);
  return use(path).finally(() => rmSync(folder, { recursive: true }));
}

/** Whether this process has it open, where the system tells. */
function isOpen(path: string): boolean {
  if (!existsSync("/proc/self/fd")) return false;
  return readdirSync("/proc/self/fd").some((handle) => {
    try {
      return readlinkSync(`/proc/self/fd/${handle}`) === realpathSync(path);
    } catch {
      return false;
    }
  });
}

test("a file is read by its path or URL, whole or in part, more than once", async (t) => {
  await withFile("1; 20; 300;", async (path) => {
    const source = file(path, { chunkBytes: 2 });
    t.deepEqual(await all(parseEach(items, source)), [1, 20, 300]);
    t.is((await parse(items, source)).meta.chunks, 6);
    t.deepEqual(await all(parseEach(items, file(pathToFileURL(path)))), [1, 20, 300]);
    t.deepEqual(await all(parseEach(items, file(path, { start: 3, end: 6 }))), [20]);
  });
});

test("a file that is left early is closed, and one that is not there is an error of the stream", async (t) => {
  await withFile("1;".repeat(100_000), async (path) => {
    const values = parseEach(items, file(path));
    await values.next();
    if (existsSync("/proc/self/fd")) t.true(isOpen(path));
    await values.return(undefined as never);
    for (let turns = 0; isOpen(path) && turns < 1000; turns++) await settled();
    t.false(isOpen(path));
    const unasked = file(`${path}.none`)[Symbol.asyncIterator]();
    t.deepEqual(await unasked.return?.(), { done: true, value: undefined });
    const { result } = await parse(items, file(`${path}.none`));
    t.is(result.diagnostics[0]?.code, "stream.io");
    t.regex(result.diagnostics[0]?.message ?? "", /^the source failed: ENOENT/);
  });
});

// Feeders

test("a feeder that throws is a source that failed, with its cause; what came stays", (t) => {
  const cause = new Error("the line is dead");
  const generator = function* (): Generator<string> {
    yield "ab";
    throw cause;
  };
  let asked = 0;
  const callback = {
    pull() {
      asked += 1;
      if (asked > 1) throw cause;
      return chunk("ab");
    },
  };
  for (const feeder of [feederOf(generator()), callback]) {
    const outcome = runStream(letters, feeder);
    if (outcome.kind === "pending") return t.fail();
    t.deepEqual(outcome.emitted, ["a", "b"]);
    const [diagnostic] = outcome.result.diagnostics;
    t.is(diagnostic?.code, "stream.io");
    t.is(diagnostic?.message, "the source failed: the line is dead");
    t.is((diagnostic?.extensions.stream as { cause?: unknown } | undefined)?.cause, cause);
  }
  const outcome = runStream(many(oneOf("ab")), feederOf(["a", "", "b"]));
  t.is(outcome.kind === "pending" && outcome.reason, "feederAwait");
});
