// Access to time: tests use a clock of their own.

export interface Clock {
  /** Milliseconds since some fixed moment. */
  now(): number;
  later(call: () => void, ms: number): unknown;
  cancel(timer: unknown): void;
}

/** Platforms store a timer's milliseconds in 32 bits, and run a longer one immediately. */
const LONGEST = 2 ** 31 - 1;

interface Timer {
  handle: ReturnType<typeof setTimeout>;
}

export const platformClock: Clock = {
  now: () => performance.now(),
  later(call, ms): Timer {
    const timer: Timer = { handle: begin(ms) };
    return timer;

    function begin(left: number): Timer["handle"] {
      if (left <= LONGEST) return setTimeout(call, left);
      return setTimeout(() => {
        timer.handle = begin(left - LONGEST);
      }, LONGEST);
    }
  },
  cancel: (timer) => clearTimeout((timer as Timer | undefined)?.handle),
};
