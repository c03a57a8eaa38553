// How large the inputs of a test are: `npm test` takes small ones, so that a person can wait for it; `npm run test:long` takes
// large ones. Both run every test.

/** Whether this run is `npm run test:long`. */
export const isLong: boolean = process.env.SLUICE_LONG === "1";

/**
 * A size, a depth, or a number of runs of a property.
 *
 * @param short in `npm test`: small, yet such that the test fails where what it tests is broken.
 * @param long in `npm run test:long`.
 */
export function size(short: number, long: number): number {
  return isLong ? long : short;
}
