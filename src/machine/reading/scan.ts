// A leaf of the user (`primitive`): what its `scan` is given, and the checks of what it returns.
import type { Leaf } from "../../grammar/node.ts";
import { described } from "../../misuse/described.ts";
import { apart, textOf, type Window } from "../memory/window.ts";

/** What came of a scan; places are those of the window. */
type Outcome =
  | { readonly kind: "matched"; readonly value: unknown; readonly to: number }
  | { readonly kind: "failed"; readonly at: number }
  | { readonly kind: "more"; readonly state: unknown; readonly to: number; readonly min: number };

/** What a `scan` has returned, not checked yet. */
interface Answer {
  readonly kind?: unknown;
  readonly value?: unknown;
  readonly state?: unknown;
  readonly to?: unknown;
  readonly at?: unknown;
  readonly min?: unknown;
}

/** A value that may be a slice of what the leaf was shown. */
function kept(value: unknown, { copies }: Window): unknown {
  return copies && typeof value === "string" ? apart(value) : value;
}

/**
 * Calls a leaf's `scan` on what it has not read yet.
 *
 * @throws TypeError if the answer is none of `matched`, `failed`, `more`, or asks for more than the input's end.
 * @throws RangeError if it says that it read more than it was given.
 */
export function readScan(leaf: Leaf, state: unknown, pos: number, window: Window): Outcome {
  const { base, end, filled, textAt, closed, binary } = window;
  const shift = textAt - base;
  const whole = !binary && pos >= shift && end === filled;
  const text = whole ? window.text : textOf(window.units, pos, end);
  const from = whole ? pos - shift : 0;
  const answer = leaf.scan({ text, from, ended: closed }, state) as Answer | undefined;
  const place = (to: unknown): number => {
    if (typeof to !== "number" || !Number.isInteger(to) || to < from || to > text.length) {
      throw new RangeError(
        `primitive "${leaf.name}": a place must be from ${from} to ${text.length}, got ${described(to)}`,
      );
    }
    return pos + to - from;
  };
  switch (answer?.kind) {
    case "matched":
      return { kind: "matched", value: kept(answer.value, window), to: place(answer.to) };
    case "failed":
      return { kind: "failed", at: answer.at === undefined ? -1 : place(answer.at) };
    case "more": {
      if (closed) throw new TypeError(`primitive "${leaf.name}" asked for more input although \`ended\` is true`);
      const { min } = answer;
      return {
        kind: "more",
        state: answer.state,
        to: place(answer.to),
        min: typeof min === "number" && min > 1 ? Math.ceil(min) : 1,
      };
    }
    default:
      throw new TypeError(`primitive "${leaf.name}" must answer matched(…), failed(…) or more(…)`);
  }
}
