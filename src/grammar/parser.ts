// The `Parser` class: a node with methods. The methods are short forms of the exported functions of this folder.
import { described, isRegExp } from "../misuse/described.ts";
import { checkOptions } from "../misuse/options.ts";
import type { Span } from "../text/index.ts";
import * as make from "./make.ts";
import type { Node } from "./node.ts";
import type { RecoveryValue } from "./recovery-value.ts";

/** Any parser: for functions that look at a parser and don't keep its types. */
export type AnyParser = Parser<unknown, unknown>;
/** What a parser returns: `type Row = ValueOf<typeof row>`. */
export type ValueOf<P extends AnyParser> = P extends Parser<infer T, unknown> ? T : never;
/** What a parser emits. */
export type EmittedOf<P extends AnyParser> = P extends Parser<unknown, infer E> ? E : never;
/** The type that the place of use expects (`U`, inferred from an annotation), else the type that was found. */
export type Hinted<U, V> = unknown extends U ? V : U;
/** A union of values, without the type of `[]` if another member allows an empty list: `T[] | never[]` is `T[]`. */
export type Joined<V, F = V extends never[] ? (never[] extends V ? never : V) : V> = never[] extends F ? F : V;
/** Keeps `"add"`, `true`, `7` literal without making arrays and objects readonly. */
// biome-ignore lint/complexity/noBannedTypes: `{}` is what keeps literals without freezing objects
export type Literal = string | number | bigint | boolean | symbol | null | undefined | {};

/** A value and where it was read. */
export interface Spanned<T> {
  readonly value: T;
  readonly span: Span;
}

/** How `each` repeats: what is between its values, and what ends them. */
export interface EachOptions<S = never, N = never> {
  readonly sep?: Parser<unknown, S> | undefined;
  readonly end?: Parser<unknown, N> | undefined;
}

/** How `sepBy` ends: without `end`, where no separator follows. */
export interface SepByOptions<N = never> {
  readonly end?: Parser<unknown, N> | undefined;
}

/**
 * A parser: an immutable value, to be run by `run`, `runStream`, `parse` and similar functions, any number of times,
 * also concurrently. `T` is the type of the value that it returns, `E` of those that it emits while it runs.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(string("a").many(), "aaa")); // => ["a", "a", "a"]
 * ```
 */
export class Parser<out T, out E = never> {
  /** @internal */
  readonly node: Node;

  private constructor(node: Node) {
    if (typeof node?.kind !== "string") {
      throw new TypeError("a parser is not made with new: string, seq, many and their kin make parsers");
    }
    this.node = node;
  }

  /** @internal */
  static of<T, E = never>(node: Node): Parser<T, E> {
    return new Parser<T, E>(node);
  }

  /** See the function {@link map}. */
  map<U>(f: (value: T) => U): Parser<U, E> {
    return Parser.of(make.map(this.node, f));
  }
  /** See the function {@link as}. */
  as<U extends Literal>(value: U): Parser<U, E> {
    return Parser.of(make.as(this.node, value));
  }
  /** See the function {@link andThen}. */
  andThen<U, F, Q extends Parser<U, F>>(f: (value: T) => Q): Parser<Hinted<U, Joined<ValueOf<Q>>>, E | EmittedOf<Q>> {
    return Parser.of(make.andThen(this.node, f));
  }
  /** See the function {@link or}. */
  or<U extends T & never[], F>(other: Parser<U, F>): Parser<T | Exclude<U, never[]>, E | F>;
  or<U, F>(this: Parser<U & never[], E>, other: Parser<U, F>): Parser<Joined<T | U>, E | F>;
  or<U, F>(other: Parser<U, F>): Parser<T | U, E | F>;
  or(other: AnyParser): AnyParser {
    return Parser.of(make.or(this.node, nodeOf(other)));
  }
  /** See the function {@link skipL}: runs both; the value is that of `next`. */
  skipL<U, F>(next: Parser<U, F>): Parser<U, E | F> {
    return Parser.of(make.pick(1, this.node, nodeOf(next)));
  }
  /** See the function {@link skipR}: runs both; the value is that of this parser. */
  skipR<F>(next: Parser<unknown, F>): Parser<T, E | F> {
    return Parser.of(make.pick(0, this.node, nodeOf(next)));
  }
  /** See the function {@link opt}. */
  opt(): Parser<T | undefined, E>;
  opt<U extends T>(otherwise: U): Parser<T, E>;
  opt<U extends Literal>(otherwise: U): Parser<T | U, E>;
  opt(otherwise?: unknown): Parser<unknown, E> {
    return Parser.of(make.opt(this.node, otherwise));
  }
  /** See the function {@link many}. */
  many(): Parser<T[], E> {
    return Parser.of(make.repeat(this.node, {}));
  }
  /** See the function {@link many1}. */
  many1(): Parser<[T, ...T[]], E> {
    return Parser.of(make.repeat(this.node, { min: 1 }));
  }
  /** See the function {@link skipMany}. */
  skipMany(): Parser<undefined, E> {
    return Parser.of(make.skip(make.repeat(this.node, {})));
  }
  /** See the function {@link sepBy}. */
  sepBy<F, N = never>(sep: Parser<unknown, F>, options: SepByOptions<N> = {}): Parser<T[], E | F | N> {
    return Parser.of(make.repeat(this.node, { sep: nodeOf(sep), ...endOf(options) }));
  }
  /** See the function {@link sepBy1}. */
  sepBy1<F>(sep: Parser<unknown, F>): Parser<[T, ...T[]], E | F> {
    return Parser.of(make.repeat(this.node, { sep: nodeOf(sep), min: 1 }));
  }
  /** See the function {@link between}: this parser is between `open` and `close`. */
  between<F, G>(open: Parser<unknown, F>, close: Parser<unknown, G>): Parser<T, E | F | G> {
    return Parser.of(make.between(nodeOf(open), this.node, nodeOf(close)));
  }
  /** See the function {@link label}. */
  label(name: string): Parser<T, E> {
    return Parser.of(make.label(name, this.node));
  }
  /** See the function {@link rule}. */
  rule(name: string): Parser<T, E> {
    return Parser.of(make.rule(name, this.node));
  }
  /** See the function {@link attempt}. */
  attempt(): Parser<T, E> {
    return Parser.of(make.attempt(this.node));
  }
  /** See the function {@link cut}. */
  cut(): Parser<T, E> {
    return Parser.of(make.cut(this.node));
  }
  /** See the function {@link spanned}. */
  spanned(): Parser<Spanned<T>, E> {
    return Parser.of(make.spanned(this.node));
  }
  /** See the function {@link emit}. */
  emit(): Parser<T, E | T> {
    return Parser.of(make.emit(this.node));
  }
  /** See the function {@link each}. */
  each<S = never, N = never>(options: EachOptions<S, N> = {}): Parser<number, T | E | S | N> {
    return Parser.of(make.each(this.node, optionNodes(options)));
  }
  /** See the function {@link slice}. */
  slice(): Parser<string> {
    return Parser.of(make.slice(this.node));
  }
  /** See the function {@link recover}; the value may be a {@link RecoveryValue}. */
  recover<U extends T, F>(until: Parser<unknown, F>, value: U | RecoveryValue<U>): Parser<T, E | F>;
  recover<U extends Literal, F>(until: Parser<unknown, F>, value: U | RecoveryValue<U>): Parser<T | U, E | F>;
  recover(until: AnyParser, value: unknown): AnyParser {
    return Parser.of(make.recover(this.node, nodeOf(until), value, { kind: "default" }));
  }
  /** See the function {@link trace}. */
  trace(name?: string): Parser<T, E> {
    return Parser.of(make.trace(this.node, name));
  }
  /** This parser with its own space: the space that tokens in it read, if they were given none. */
  withSpace<F>(space: Parser<unknown, F>): Parser<T, E | F> {
    return Parser.of(make.withSpace(this.node, nodeOf(space)));
  }
  /** See the function {@link withDoc}. */
  withDoc(text: string): Parser<T, E> {
    return Parser.of(make.doc(text, this.node));
  }
}

/**
 * @internal Refuses a parser as an argument where none is accepted, since it would be ignored silently.
 *
 * @throws TypeError that says what to write instead.
 */
export function noMore(more: readonly unknown[], says: string): void {
  if (more[0] instanceof Parser) throw new TypeError(says);
}

/** @internal The arguments of `each`, as nodes. */
export function optionNodes(options: EachOptions<unknown, unknown>): {
  sep?: Node | undefined;
  end?: Node | undefined;
} {
  checkOptions(options, ["sep", "end"], "each takes its options as an object, such as each(p, { sep: q })");
  return {
    sep: options.sep === undefined ? undefined : nodeOf(options.sep),
    end: options.end === undefined ? undefined : nodeOf(options.end),
  };
}

/**
 * @internal What ends a `sepBy`, as a node.
 *
 * @throws TypeError if the option is anything else.
 */
export function endOf(options: SepByOptions<unknown>): { end?: Node | undefined } {
  if (typeof options !== "object" || options === null || options instanceof Parser) {
    throw new TypeError("sepBy takes its options as an object: sepBy(p, sep, { end })");
  }
  for (const name of Object.keys(options)) {
    if (name !== "end") throw new TypeError(`sepBy has no option ${JSON.stringify(name)}; there is end`);
  }
  return options.end === undefined ? {} : { end: nodeOf(options.end) };
}

/**
 * @internal The node of a parser.
 * @throws TypeError if the value is not a parser.
 */
export function nodeOf(value: unknown): Node {
  if (value instanceof Parser) return value.node;
  const what = typeof value === "string" ? `the string ${described(value)}` : described(value);
  throw new TypeError(`expected a parser, got ${what}${hint(value)}`);
}

function hint(value: unknown): string {
  if (typeof value === "string") return `; write string(…) from "sluice/lex" for a fixed text`;
  if (typeof value === "function") return "; did you forget to call it, or to wrap it in lazy(…)?";
  if (value === undefined) return "; a parser used before its definition is written lazy(() => it)";
  if (isRegExp(value)) return `; write regex(${value}) from "sluice/lex" for what it matches`;
  if (Array.isArray(value)) return "; seq takes its parsers one by one: seq(...parsers)";
  return "";
}
