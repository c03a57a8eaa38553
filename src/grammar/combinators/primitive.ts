// A leaf of the user's own.
import * as make from "../make.ts";
import type { Leaf } from "../node.ts";
import { Parser } from "../parser.ts";

/** What a scan is shown: `text` from `from` on is what this leaf has not read yet; `ended`: no more will come. */
export interface ScanInput {
  readonly text: string;
  readonly from: number;
  readonly ended: boolean;
}

/** What a scan answers: see `matched`, `failed`, `more`. */
export type Scan<T, S> =
  | { readonly kind: "matched"; readonly value: T; readonly to: number }
  | { readonly kind: "failed"; readonly at?: number | undefined }
  | { readonly kind: "more"; readonly state: S; readonly to: number; readonly min?: number | undefined };

/**
 * The leaf has succeeded with `value`; it has read up to `to`.
 *
 * @param to an index of the text shown, from `from` on.
 */
export function matched<T>(value: T, to: number): Scan<T, never> {
  return { kind: "matched", value, to };
}

/**
 * The leaf has failed: empty and at its start, or at the place given, with what lies before it read.
 *
 * @param at an index of the text shown, from `from` on.
 */
export function failed(at?: number): Scan<never, never> {
  return { kind: "failed", at };
}

/**
 * The leaf needs more input. What lies before `to` is read and not shown again.
 *
 * @param state what it needs to go on; an immutable value, since one state may be gone on from more than once.
 * @param to an index of the text shown, from `from` on.
 * @param min units that it needs at least (bytes for binary input); 1 if it can't say.
 */
export function more<S>(state: S, to: number, min?: number): Scan<never, S> {
  return { kind: "more", state, to, min };
}

/**
 * A leaf that reads the input by itself, across chunks: `scan` is called with what is there and either decides or asks
 * for more, keeping its progress in `state`. Whatever it has read is not shown again, so nothing is scanned twice.
 *
 * @param leaf.name what a diagnostic calls it.
 * @param leaf.start the state for the first call.
 * @throws TypeError if `scan` is missing; while running, if it answers something else or asks for more after the end.
 *
 * @example
 * ```ts
 * import { matched, more, primitive, run, unwrap } from "sluice";
 * const length = primitive<number, number>({
 *   name: "anything",
 *   scan: ({ text, from, ended }, seen = 0) => {
 *     const count = seen + text.length - from;
 *     return ended ? matched(count, text.length) : more(count, text.length);
 *   },
 * });
 * unwrap(run(length, "abc")); // => 3
 * ```
 */
export function primitive<T, S = undefined>(leaf: {
  readonly name: string;
  readonly start?: S | undefined;
  scan(input: ScanInput, state: S | undefined): Scan<T, S>;
}): Parser<T> {
  if (typeof leaf?.scan !== "function") throw new TypeError("primitive takes { name, scan }, scan being a function");
  if (typeof leaf.name !== "string" || leaf.name === "") {
    throw new TypeError(
      "primitive takes { name, scan }, the name being what a diagnostic calls it, a non-empty string",
    );
  }
  return Parser.of(make.primitive(leaf as unknown as Leaf));
}
