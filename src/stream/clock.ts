// Time, as everything here sees it: tests bring a clock of their own.

export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  later(call: () => void, ms: number): unknown;
  cancel(timer: unknown): void;
}

export const platformClock: Clock = {
  now: () => performance.now(),
  later: (call, ms) => setTimeout(call, ms),
  cancel: (timer) => clearTimeout(timer as Parameters<typeof clearTimeout>[0]),
};
