// The log lines of docs/examples: what they give, and what is said of broken ones.
import test from "ava";
import { ParseError } from "sluice";
import { parseEach, parseLoopSync } from "sluice/stream";
import { type Entry, log } from "../../docs/examples/log.ts";
import { everyWay } from "../_chunks.ts";
import { said } from "../_said.ts";

const NOON = "2024-05-01T12:00:00Z";

const gives = test.macro({
  exec(t, input: string, entries: readonly Entry[]) {
    const result = everyWay(t, log, input);
    t.deepEqual(result.diagnostics, []);
    t.deepEqual(result.emitted, entries);
    t.is(result.value, entries.length);
  },
  title: (_, input: string) => `the entries of ${JSON.stringify(input)}`,
});

test(gives, "", []);
test(gives, `${NOON} INFO\n`, [{ time: new Date(NOON), level: "INFO", fields: {} }]);
test(gives, `${NOON} WARN disk=sda1 free=3% message="nearly \\"full\\""\r\n2024-05-01T12:00:00.250Z ERROR disk=sda1`, [
  { time: new Date(NOON), level: "WARN", fields: { disk: "sda1", free: "3%", message: 'nearly "full"' } },
  { time: new Date("2024-05-01T12:00:00.250Z"), level: "ERROR", fields: { disk: "sda1" } },
]);

const refuses = test.macro({
  exec(t, input: string, message: string) {
    everyWay(t, log, input);
    t.is(said(log, input), message);
  },
  title: (_, input: string) => `what is wrong with ${JSON.stringify(input)}`,
});

test(refuses, "hello\n", "1:1: expected time or end of input");
test(refuses, "2024-5-01", "1:7: expected digit");
test(refuses, `${NOON}INFO`, "1:21: expected space");
test(refuses, `${NOON} LOUD a=1`, '1:22: expected "DEBUG", "INFO", "WARN" or "ERROR"');
test(refuses, `${NOON} INFO key`, '1:30: unexpected end of input, expected "="');
test(refuses, `${NOON} INFO key=`, "1:31: unexpected end of input, expected value");
test(refuses, `${NOON} INFO a=1 =2`, "1:31: expected key");
test(refuses, `${NOON} INFO a="x\n`, "1:31: expected closing quote\n  note: 1:29: opened here");
test(refuses, `${NOON} INFO a="x"y`, "1:32: expected space or end of line");

test("an entry leaves as soon as its line is over", async (t) => {
  const loop = parseLoopSync(log);
  loop.next(`${NOON} INFO a=1`);
  t.is(loop.next("2").value.emitted.length, 0);
  t.deepEqual(
    loop.next("\n").value.emitted.map(({ fields }) => fields),
    [{ a: "12" }],
  );
  const levels: string[] = [];
  const lines = parseEach(log, [`${NOON} INFO\n${NOON} WA`, `RN\n${NOON} LOUD\n`]);
  const error = await t.throwsAsync(
    async () => {
      for await (const { level } of lines) levels.push(level);
    },
    { instanceOf: ParseError },
  );
  t.deepEqual(levels, ["INFO", "WARN"]);
  t.regex(error?.message ?? "", /expected "DEBUG"/);
  t.is(error?.diagnostics[0]?.at.start.line, 3);
});
