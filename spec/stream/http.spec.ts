// Over a real connection: a reader that is slow makes the server's socket rest, and one that leaves closes it.
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import test, { type ExecutionContext } from "ava";
import { regex } from "../../src/lex/index.ts";
import { type FlowMode, ParserStream, parse, parseEach } from "../../src/stream/index.ts";

const line = regex(/[^\n]*\n/u);
const LINE = `${"x".repeat(1023)}\n`;
const BLOCK = LINE.repeat(64);
/** What no buffer of the platforms between the two comes near. */
const FAR_TOO_MUCH = 512 * 1024 * 1024;

interface Tap {
  readonly url: string;
  /** Bytes that the server has been able to write. */
  readonly sent: () => number;
  /** Waits until the socket takes no more. */
  rests(): Promise<void>;
  /** Waits until the socket takes more again. */
  flows(): Promise<void>;
  /** Waits until the connection is closed. */
  readonly closed: Promise<void>;
}

/** A server that sends lines for as long as its socket takes them. */
async function tap(t: ExecutionContext): Promise<Tap> {
  let sent = 0;
  let resting = false;
  let tell: () => void = () => {};
  let onClose: () => void = () => {};
  const closed = new Promise<void>((resolve) => {
    onClose = resolve;
  });
  const send = (response: ServerResponse): void => {
    resting = false;
    while (!resting && !response.destroyed) {
      sent += BLOCK.length;
      if (sent > FAR_TOO_MUCH) response.destroy(new Error("nobody holds it up"));
      else resting = !response.write(BLOCK);
      // what a write gives the kernel is only known in another turn
      if (response.writableNeedDrain) resting = true;
    }
    tell();
  };
  const server = createServer((_, response) => {
    response.on("drain", () => send(response));
    response.on("close", onClose);
    send(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => server.closeAllConnections());
  t.teardown(() => server.close());
  const told = (): Promise<void> =>
    new Promise((resolve) => {
      tell = resolve;
    });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sent: () => sent,
    closed,
    async rests() {
      // it rests when nothing more has gone for many turns of the loop, in which all that could go on went on
      for (let quiet = 0, before = -1; quiet < 200; quiet = sent === before && resting ? quiet + 1 : 0) {
        before = sent;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async flows() {
      const before = sent;
      while (sent === before) await told();
    },
  };
}

for (const mode of ["auto", "pull", "push", "hybrid"] as readonly FlowMode[]) {
  test.serial(`${mode}: a slow reader makes the server's socket rest, and go on when it takes more`, async (t) => {
    t.timeout(60_000);
    const { url, sent, rests, flows, closed } = await tap(t);
    const lines = parseEach(line, await fetch(url), { mode });
    t.is((await lines.next()).value, LINE);
    await rests();
    const first = sent();
    t.true(first < FAR_TOO_MUCH / 4, `${first} bytes are under way`);
    // nothing goes on by itself
    await rests();
    t.is(sent(), first);
    const more = flows();
    for (let taken = 0; sent() === first && taken < first; taken += LINE.length) await lines.next();
    await more;
    t.true(sent() > first);
    await rests();
    t.true(sent() < first * 3);
    await lines.return(undefined as never);
    await closed;
  });
}

test.serial("a ParserStream and Node's pipeline hold the server up as well", async (t) => {
  t.timeout(60_000);
  const one = await tap(t);
  const { body } = await fetch(one.url);
  if (body === null) return t.fail();
  const reader = (body as ReadableStream<Uint8Array>).pipeThrough(new ParserStream(line)).getReader();
  t.is((await reader.read()).value, LINE);
  await one.rests();
  t.true(one.sent() < FAR_TOO_MUCH / 4);
  await reader.cancel();
  await one.closed;

  const other = await tap(t);
  const response = await fetch(other.url);
  let taken = 0;
  const stuck = new Writable({
    objectMode: true,
    highWaterMark: 1,
    write() {
      taken += 1;
    },
  });
  const control = new AbortController();
  const piping = pipeline(() => parseEach(line, response), stuck, { signal: control.signal });
  await other.rests();
  t.is(taken, 1);
  t.true(other.sent() < FAR_TOO_MUCH / 4);
  control.abort();
  await t.throwsAsync(piping, { name: "AbortError" });
  await other.closed;
});

test.serial("aborting in the middle of a body closes the connection, and rejects with the reason", async (t) => {
  const { url, closed } = await tap(t);
  const control = new AbortController();
  const reason = new Error("enough");
  const silent = parse(regex(/[^!]*!/u), await fetch(url), { signal: control.signal });
  setImmediate(() => control.abort(reason));
  t.is(await t.throwsAsync(silent), reason);
  await closed;
});

test.serial("a connection that breaks is an error of the stream, with its cause; what came stays", async (t) => {
  const server = createServer((_, response) => {
    response.write("one\ntwo\nthr");
    setImmediate(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  const { result } = await parse(line.many(), await fetch(`http://127.0.0.1:${port}/`));
  const [diagnostic] = result.diagnostics;
  t.is(diagnostic?.code, "stream.io");
  t.true((diagnostic?.extensions.stream as { cause?: unknown } | undefined)?.cause instanceof Error);
});

test.serial("a response without a body is an empty input", async (t) => {
  const server = createServer((_, response) => {
    response.statusCode = 204;
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => server.close());
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  t.is(response.body, null);
  t.deepEqual((await parse(line.many(), response)).result.value, []);
});
