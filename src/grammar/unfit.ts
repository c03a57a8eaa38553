// What a function gives that judges a value and refuses it.

/** The value won't do: its parser fails `at` units from where it began. */
export class Unfit {
  readonly at: number;

  constructor(at: number) {
    this.at = at;
  }
}
