// A run that begins at a checkpoint counts from there.
import test from "ava";
import { each, many, withExtension } from "../../src/index.ts";
import { anyChar, oneOf, takeWhile } from "../../src/lex/index.ts";
import { everyWay } from "../_chunks.ts";

test("limits do not count what is passed over", (t) => {
  const config = withExtension(
    { limits: { maxBufferedUnits: 10, maxTokenUnits: 10, maxSteps: 1000 } },
    "stream",
    () => ({
      checkpoint: 20,
    }),
  );
  const text = "ab".repeat(14);
  t.true(everyWay(t, each(oneOf("ab")), text, config).ok);
  t.true(everyWay(t, takeWhile("ab"), text, config).ok);
  t.false(everyWay(t, takeWhile("ab"), `${text}abab`, config).ok);
  t.true(everyWay(t, many(anyChar), text, config).ok);
});
