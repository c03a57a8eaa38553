// Fair timing on a machine that is not ours alone: every contender is timed in every round, each round starting with
// another one, and what counts is the median over the rounds of the ratio inside a round.
import Benchmark from "benchmark";

export interface Contender {
  readonly name: string;
  /** Does the work once; a promise is waited for. */
  work(): unknown;
  readonly asynchronous?: boolean;
}

interface Effort {
  readonly rounds: number;
  /** Seconds that one contender gets in one round. */
  readonly seconds: number;
  readonly samples: number;
  /** Seconds of work before anything is timed. */
  readonly warmUp: number;
}

export const thorough: Effort = { rounds: 5, seconds: 0.3, samples: 5, warmUp: 1 };
export const quick: Effort = { rounds: 1, seconds: 0.01, samples: 1, warmUp: 0 };

export class Comparison {
  /** Median time of one piece of work in seconds, by contender and round. */
  readonly #times = new Map<string, number[]>();
  readonly #errors = new Map<string, number[]>();

  note(name: string, seconds: number, relativeError: number): void {
    listOf(this.#times, name).push(seconds);
    listOf(this.#errors, name).push(relativeError);
  }

  /** How many times as fast `a` is as `b`: more than 1 when `a` is faster. */
  ratio(a: string, b: string): number {
    const ours = listOf(this.#times, a);
    return median(listOf(this.#times, b).map((time, round) => time / (ours[round] ?? Number.NaN)));
  }

  /** Median of benchmark.js's relative margin of error, in percent. */
  error(name: string): number {
    return median(listOf(this.#errors, name));
  }

  seconds(name: string): number {
    return median(listOf(this.#times, name));
  }
}

export async function compare(contenders: readonly Contender[], effort: Effort): Promise<Comparison> {
  const comparison = new Comparison();
  for (const contender of contenders) await warmUp(contender, effort.warmUp);
  for (let round = 0; round < effort.rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const contender = contenders[(turn + round) % contenders.length] as Contender;
      const { sample, rme } = await timed(contender, effort);
      comparison.note(contender.name, median(sample), rme);
    }
  }
  return comparison;
}

async function warmUp(contender: Contender, seconds: number): Promise<void> {
  const end = performance.now() + 1000 * seconds;
  while (performance.now() < end) await contender.work();
}

/** benchmark.js only tells its listeners of a case that throws: here it rejects. */
function timed(contender: Contender, effort: Effort): Promise<Benchmark.Stats> {
  return new Promise((resolve, reject) => {
    const options: Benchmark.Options = {
      async: false,
      maxTime: effort.seconds,
      minSamples: effort.samples,
      ...(effort === quick && { minTime: 0.001, initCount: 1 }),
      onError: (event: { target: { error?: unknown } }) => reject(event.target.error),
      onComplete: (event: { target: Benchmark }) => resolve(event.target.stats),
    };
    const fn = contender.asynchronous
      ? (deferred: Benchmark.Deferred): void => {
          Promise.resolve()
            .then(() => contender.work())
            .then(() => deferred.resolve())
            .catch(reject);
        }
      : (): void => {
          contender.work();
        };
    new Benchmark(contender.name, fn, { ...options, defer: contender.asynchronous === true }).run();
  });
}

function listOf(lists: Map<string, number[]>, name: string): number[] {
  const list = lists.get(name) ?? [];
  lists.set(name, list);
  return list;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

export function geometricMean(numbers: readonly number[]): number {
  return Math.exp(numbers.reduce((sum, x) => sum + Math.log(x), 0) / numbers.length);
}
