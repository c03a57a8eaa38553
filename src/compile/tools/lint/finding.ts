// What is wrong with a grammar, before it is known which rule it is in.

export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly help: string;
}
