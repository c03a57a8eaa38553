// Counts what a streamed run does, so that tests speak of work and not of seconds: instructions, and beside them what no
// instruction shows: places copied from one array to another, frames looked at, text that was segmented into graphemes.
import type { Parser } from "../../src/index.ts";
import { Stack } from "../../src/machine/index.ts";
import { Frozen } from "../../src/machine/memory/frozen.ts";
import { type Chunk, CLOSED, type Completed, type StreamingConfig } from "../../src/stream/index.ts";
import type { SnapshotContinuation } from "../../src/stream/session/continuation.ts";
import { Session } from "../../src/stream/session/session.ts";

export interface Effort {
  readonly instructions: number;
  /** Elements of arrays that were copied. */
  readonly copied: number;
  /** Places and parts of the stack, and elements of arrays, that were looked at outside the loop. */
  readonly walked: number;
  /** Units that `Intl.Segmenter` was given. */
  readonly segmented: number;
}

let copied = 0;
let walked = 0;
let segmented = 0;

type Method = (this: unknown, ...args: never[]) => unknown;

/** Puts a count before a method, for this process (each spec file has one of its own). */
function counting(owner: object, name: string, count: (self: unknown, args: readonly unknown[]) => void): void {
  const plain = Reflect.get(owner, name) as Method;
  Object.defineProperty(owner, name, {
    configurable: true,
    writable: true,
    value: function (this: unknown, ...args: never[]): unknown {
      count(this, args);
      return Reflect.apply(plain, this, args);
    },
  });
}

const sizeOf = (value: unknown): number => (value as ArrayLike<unknown>).length;
for (const type of [Int32Array, Float64Array, Uint16Array]) {
  counting(type.prototype, "slice", (self, [from = 0, to]) => {
    copied += ((to as number | undefined) ?? sizeOf(self)) - (from as number);
  });
  counting(type.prototype, "set", (_, [from]) => {
    copied += sizeOf(from);
  });
  counting(type.prototype, "copyWithin", (self, [, from = 0, to]) => {
    copied += ((to as number | undefined) ?? sizeOf(self)) - (from as number);
  });
}
for (const name of ["intAt", "offsetAt", "valueAt"]) {
  counting(Stack.prototype, name, () => {
    walked += 1;
  });
}
counting(Frozen.prototype, "towards", () => {
  walked += 1;
});
for (const name of ["slice", "map"]) {
  counting(Array.prototype, name, (self) => {
    copied += sizeOf(self);
  });
}
counting(Array.prototype, "some", (self, [test]) => {
  walked += (self as unknown[]).findIndex(test as () => boolean) + 1 || sizeOf(self);
});
const noItems = (function* (): Generator<never> {})();
counting(Object.getPrototypeOf(Object.getPrototypeOf(noItems)), "next", () => {
  walked += 1;
});
counting(Intl.Segmenter.prototype, "segment", (_, [text]) => {
  segmented += sizeOf(text);
});

interface Feeding {
  /** Units, or bytes, in a chunk. */
  readonly size: number;
  /** Whether each step's continuation is captured and gone on from. */
  readonly capturing: boolean;
  readonly config?: StreamingConfig;
}

/** Feeds an input in chunks of one size and counts what that takes. */
export function effortOf<T, E>(
  parser: Parser<T, E>,
  input: Chunk,
  { size, capturing, config = {} }: Feeding,
): { readonly outcome: Completed<T, E>; readonly effort: Effort } {
  let session = Session.start(parser, config);
  const before = { copied, walked, segmented };
  let fed = 0;
  for (;;) {
    const outcome = session.advance(fed < input.length ? input.slice(fed, fed + size) : CLOSED);
    fed += size;
    if (outcome.kind === "completed") {
      const effort = {
        instructions: session.machine.work,
        copied: copied - before.copied,
        walked: walked - before.walked,
        segmented: segmented - before.segmented,
      };
      return { outcome, effort };
    }
    if (capturing) session = (outcome.continuation as SnapshotContinuation<T, E>).take();
  }
}
