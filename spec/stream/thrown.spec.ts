// What a function of the grammar throws ends the run: whoever asks again hears the same, and nothing is handed out twice.
import test from "ava";
import { each, emit, map, seq } from "../../src/index.ts";
import { oneOf, string } from "../../src/lex/index.ts";
import { CLOSED, parseLoop, parseLoopSync, resume, runStream, StreamDriver } from "../../src/stream/index.ts";

const error = new Error("no z");
let calls = 0;
const letter = map(oneOf("abcz"), (c) => {
  calls += 1;
  if (c === "z") throw error;
  return c;
});
const letters = each(letter);

test.beforeEach(() => {
  calls = 0;
});

for (const [name, p] of [
  ["each", letters],
  ["what was emitted before in the same step", seq(emit(string("a")), emit(string("b")), letter, letters)],
] as const) {
  test.serial(`a driver has ended: ${name}`, (t) => {
    const seen: unknown[] = [];
    const kinds: string[] = [];
    const driver = new StreamDriver<unknown, unknown>(p, ({ kind, emitted }) => {
      kinds.push(kind);
      seen.push(...emitted);
    });
    driver.push("ab");
    driver.pump();
    t.deepEqual(seen, ["a", "b"]);
    t.true(driver.push("cz"));
    t.is(
      t.throws(() => driver.pump()),
      error,
    );
    const called = calls;
    const handed = kinds.length;
    t.false(driver.push("a"));
    for (const again of [() => driver.pump(), () => driver.close(), () => driver.pump()]) t.is(t.throws(again), error);
    driver.abort("enough");
    t.is(
      t.throws(() => driver.pump()),
      error,
    );
    t.is(calls, called);
    t.is(kinds.length, handed);
    t.deepEqual(seen, ["a", "b"]);
  });
}

test.serial("a driver whose run broke and whose function threw says what was thrown", (t) => {
  const driver = new StreamDriver(letters, () => t.fail());
  driver.push("az");
  t.is(
    t.throws(() => driver.pump()),
    error,
  );
  driver.push(new Uint8Array(1));
  t.is(
    t.throws(() => driver.close()),
    error,
  );
});

test.serial("a continuation taken before is not harmed", (t) => {
  const first = runStream(letters, "ab");
  if (first.kind !== "pending") throw new Error("it waits for more");
  for (const more of ["z", "cz"])
    t.is(
      t.throws(() => resume(first.continuation, more)),
      error,
    );
  const next = resume(first.continuation, "c");
  t.deepEqual(next.emitted, ["c"]);
  t.is(next.kind === "pending" && resume(next.continuation, CLOSED).kind, "completed");
});

test.serial("a loop has returned", async (t) => {
  const loop = parseLoopSync(letters);
  t.is(
    t.throws(() => loop.next("abz")),
    error,
  );
  for (const more of ["a", "", CLOSED] as const)
    t.deepEqual(loop.next(more), { done: true, value: undefined } as never);
  const later = parseLoop(letters);
  t.is(await t.throwsAsync(later.next("abz")), error);
  for (const more of ["a", CLOSED] as const) {
    t.deepEqual(await later.next(more), { done: true, value: undefined } as never);
  }
  t.is(calls, 6);
});
