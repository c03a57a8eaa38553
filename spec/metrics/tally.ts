// A share that is counted: how often something was as it is to be.

/** How many things that were wrong are remembered. */
const MOST_FAULTS = 5;

export class Tally {
  hits = 0;
  total = 0;
  /** The first of what was wrong. */
  readonly faults: string[] = [];

  /** @param fault says what is wrong, if something is. */
  count(isRight: boolean, fault: () => string): void {
    this.total++;
    if (isRight) this.hits++;
    else if (this.faults.length < MOST_FAULTS) this.faults.push(fault());
  }

  /** From 0 to 1; nothing if nothing was counted. */
  get share(): number | undefined {
    return this.total === 0 ? undefined : this.hits / this.total;
  }
}
