// A leaf that is written by the user.
import * as make from "../make.ts";
import type { Leaf } from "../node.ts";
import { Parser } from "../parser.ts";

/** The input of a scan: `text` from `from` on is what this leaf has not read yet; `ended`: there is no more input. */
export interface ScanInput {
  readonly text: string;
  readonly from: number;
  readonly ended: boolean;
}

/** The result of a scan: see `matched`, `failed`, `more`. */
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
 * The leaf has failed: empty and at its start; or at the given place, and then it has consumed what is before it.
 *
 * @param at an index of the text shown, from `from` on.
 */
export function failed(at?: number): Scan<never, never> {
  return { kind: "failed", at };
}

/**
 * The leaf needs more input. The text before `to` is read and not shown again.
 *
 * @param state what the leaf needs to continue; an immutable value, since one state may be used more than once.
 * @param to an index of the text shown, from `from` on.
 * @param min the least number of units that it needs (bytes for binary input); 1 if it is not known.
 */
export function more<S>(state: S, to: number, min?: number): Scan<never, S> {
  return { kind: "more", state, to, min };
}

/**
 * A leaf that reads the input by itself, across chunks: `scan` is called with the available text and either decides or
 * asks for more, keeping its progress in `state`. What it has read is not shown again, so nothing is scanned twice.
 *
 * @param leaf.name its name in a diagnostic.
 * @param leaf.start the state for the first call.
 * @throws TypeError if `scan` is missing; while running, if it returns something else or asks for more after the end.
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
