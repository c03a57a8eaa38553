// What the tests of parsers of bytes share.
import type { ExecutionContext } from "ava";
import type { ParseResult, Parser } from "../../../src/index.ts";
import { everyWay } from "../../_chunks.ts";

export const binary: { readonly input: "binary" } = { input: "binary" };

/** Bytes, and texts for what is ASCII in them. */
export function bytesOf(...parts: readonly (number | string)[]): Uint8Array {
  const all = parts.flatMap((part) => (typeof part === "number" ? [part] : [...new TextEncoder().encode(part)]));
  return Uint8Array.from(all);
}

/** The result, the same however the input is fed. */
export function parsed<T, E>(
  t: ExecutionContext,
  parser: Parser<T, E>,
  ...parts: (number | string)[]
): ParseResult<T, E> {
  return everyWay(t, parser, bytesOf(...parts), binary);
}

/** Asserts where a parser fails, however it is fed, and what it says. */
export function fails(
  t: ExecutionContext,
  parser: Parser<unknown, unknown>,
  input: Uint8Array,
  offset: number,
  message: string,
): void {
  const { ok, diagnostics } = everyWay(t, parser, input, binary);
  t.false(ok);
  t.deepEqual([diagnostics[0]?.at.start.offset, diagnostics[0]?.message], [offset, message]);
}
