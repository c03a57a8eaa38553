// A clock whose time passes only when it is told to.
import type { Clock } from "../../src/stream/flow/clock.ts";

export class FakeClock implements Clock {
  #now = 0;
  readonly #timers = new Map<object, { readonly at: number; readonly call: () => void }>();

  now(): number {
    return this.#now;
  }

  later(call: () => void, ms: number): unknown {
    const timer = {};
    this.#timers.set(timer, { at: this.#now + ms, call });
    return timer;
  }

  cancel(timer: unknown): void {
    this.#timers.delete(timer as object);
  }

  /** How many timers are set. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Time goes on; whatever waits gets its turn, before and after. */
  async pass(ms: number): Promise<void> {
    await settled();
    this.#now += ms;
    for (const [timer, { at, call }] of [...this.#timers].sort(([, one], [, other]) => one.at - other.at)) {
      if (at > this.#now) continue;
      this.#timers.delete(timer);
      call();
    }
    await settled();
  }
}

/** Everything that could go on without time passing has gone on. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
}
