// The little that is used here of packages that ship no types.

declare module "parsimmon" {
  export interface Parsed<T> {
    desc(expected: string): Parsed<T>;
    map<U>(change: (value: T) => U): Parsed<U>;
    result<U>(value: U): Parsed<U>;
    skip(next: Parsed<unknown>): Parsed<T>;
    sepBy(separator: Parsed<unknown>): Parsed<T[]>;
    then<U>(next: Parsed<U>): Parsed<U>;
    tryParse(text: string): T;
  }
  const parsimmon: {
    alt<T>(...parsers: Parsed<T>[]): Parsed<T>;
    lazy<T>(make: () => Parsed<T>): Parsed<T>;
    regexp(pattern: RegExp): Parsed<string>;
    seqMap<A, B, C, T>(a: Parsed<A>, b: Parsed<B>, c: Parsed<C>, join: (a: A, b: B, c: C) => T): Parsed<T>;
    string(text: string): Parsed<string>;
  };
  export default parsimmon;
}

declare module "clarinet" {
  export interface ClarinetParser {
    onvalue: (value: unknown) => void;
    onopenobject: (key: string | undefined) => void;
    onkey: (key: string) => void;
    oncloseobject: () => void;
    onopenarray: () => void;
    onclosearray: () => void;
    onerror: (error: Error) => void;
    write(text: string): void;
    close(): void;
  }
  const clarinet: { parser(): ClarinetParser };
  export default clarinet;
}

declare module "jsonparse" {
  export default class Parser {
    readonly stack: readonly unknown[];
    onValue(value: unknown): void;
    write(piece: Buffer | string): void;
  }
}
