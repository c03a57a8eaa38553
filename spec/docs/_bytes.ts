// What the tests of the grammars over bytes share.
import type { ExecutionContext } from "ava";
import type { ParseResult, Parser } from "sluice";
import { everyWay } from "../_chunks.ts";

export const binary = { input: "binary" } as const;

/** A text as bytes, its characters taken for their numbers. */
export function latin(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

/** The result, whole and under every split. */
export function of<T, E>(t: ExecutionContext, parser: Parser<T, E>, input: string): ParseResult<T, E> {
  return everyWay(t, parser, latin(input), binary);
}

/** Asserts where it fails, and what it says. */
export function refuses(
  t: ExecutionContext,
  parser: Parser<unknown, unknown>,
  input: string,
  at: number,
  says: string,
): void {
  const [diagnostic] = of(t, parser, input).diagnostics;
  t.deepEqual([diagnostic?.at.start.offset, diagnostic?.message], [at, says]);
}
