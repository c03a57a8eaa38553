// Sequences and choices.
import * as make from "../make.ts";
import {
  type AnyParser,
  type EmittedOf,
  type Hinted,
  type Joined,
  nodeOf,
  noMore,
  Parser,
  type ValueOf,
} from "../parser.ts";

/**
 * Runs parsers one after the other; the value is the tuple of their values.
 *
 * @example
 * ```ts
 * import { run, seq, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(seq(string("a"), string("b")), "ab")); // => ["a", "b"]
 * ```
 */
export function seq<const P extends readonly AnyParser[]>(
  ...ps: P
): Parser<{ -readonly [K in keyof P]: ValueOf<P[K]> }, EmittedOf<P[number]>> {
  return Parser.of(make.seq(ps.map(nodeOf)));
}

/**
 * Runs parsers one after the other and collects the values of the named ones, `[name, parser]`, in an object.
 *
 * @throws TypeError if a part is neither a parser nor a name with one, or two have the same name.
 *
 * @example
 * ```ts
 * import { run, seqObject, unwrap } from "sluice";
 * import { int10, string } from "sluice/lex";
 * unwrap(run(seqObject(["width", int10], string("x"), ["height", int10]), "3x4")); // => { width: "3", height: "4" }
 * ```
 */
export function seqObject<const P extends readonly (AnyParser | readonly [string, AnyParser])[]>(
  ...parts: P
): Parser<
  { [K in Extract<P[number], readonly [string, AnyParser]> as K[0]]: ValueOf<K[1]> },
  EmittedOf<P[number] extends readonly [string, infer Q extends AnyParser] ? Q : Extract<P[number], AnyParser>>
> {
  const names: string[] = [];
  const keep: number[] = [];
  const items = parts.map((part: unknown, i) => {
    if (!Array.isArray(part)) return nodeOf(part);
    const [name, p] = part as readonly unknown[];
    if (typeof name !== "string" || part.length !== 2)
      throw new TypeError("seqObject takes parsers, and names with parsers: [name, parser]");
    if (names.includes(name)) throw new TypeError(`seqObject was given the name ${JSON.stringify(name)} twice`);
    names.push(name);
    keep.push(i);
    return nodeOf(p);
  });
  return Parser.of(make.map(make.tuple(keep, ...items), (values: readonly unknown[]) => objectOf(names, values)));
}

/** A name `__proto__` becomes a property like any other. */
function objectOf(names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    if (name === "__proto__") {
      Object.defineProperty(object, name, { value: values[i], enumerable: true, writable: true, configurable: true });
    } else object[name] = values[i];
  }
  return object;
}

/**
 * Tries parsers in order and takes the first that does not fail empty. Parsers that begin with different characters are
 * not tried but chosen by the next character.
 *
 * @example
 * ```ts
 * import { choice, run, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(choice([string("a"), string("b")]), "b")); // => "b"
 * ```
 */
export function choice<U, F, const P extends readonly Parser<U, F>[]>(
  ps: P,
): Parser<Hinted<U, Joined<ValueOf<P[number]>>>, Hinted<F, EmittedOf<P[number]>>> {
  if (!Array.isArray(ps)) throw new TypeError("choice takes an array of parsers: choice([a, b])");
  return Parser.of(make.choice(ps.map(nodeOf)));
}

/**
 * `p`, or `q` if `p` fails without having read anything and without a cut.
 *
 * @example
 * ```ts
 * import { or, run, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(or(string("ab"), string("ac")), "ac")); // => "ac"
 * ```
 */
export function or<T, U, E, F>(p: Parser<T, E>, q: Parser<U, F>): Parser<Joined<T | U>, E | F>;
export function or(p: AnyParser, q: AnyParser, ...more: readonly unknown[]): AnyParser {
  noMore(more, "or takes two parsers: choice([a, b, c]) takes more");
  return Parser.of(make.or(nodeOf(p), nodeOf(q)));
}

/**
 * Runs `p`, then the parser that `f` makes from its value.
 *
 * A new parser is compiled when it is entered, except for parts that were compiled before. A parser that was made
 * outside of `f` is compiled only once: `const kinds = [number, text]`, then `andThen(kind, (k) => kinds[k])`.
 *
 * If `f` would only check the value and return `ok` or `fail`, write {@link tryMap} with {@link refuse}, or {@link
 * verify}: they compile nothing while running, and the span of the failure is what `p` read, or a place in it
 * (`refuse(message, { at })`), and not the place after it. To repeat a parser a number of times that was read, write
 * {@link lengthCount}; for a number of bytes directly after a length, `lengthPrefixed` or {@link lengthValue}.
 *
 * @throws TypeError while running, if `f` returns something that is not a parser.
 *
 * @example
 * ```ts
 * import { andThen, run, unwrap } from "sluice";
 * import { anyChar, string } from "sluice/lex";
 * unwrap(run(andThen(anyChar, (c) => string(c)), "xx")); // => "x"
 * ```
 */
export function andThen<T, E, U, F, Q extends Parser<U, F>>(
  p: Parser<T, E>,
  f: (value: T) => Q,
): Parser<Hinted<U, Joined<ValueOf<Q>>>, E | EmittedOf<Q>> {
  return Parser.of(make.andThen(nodeOf(p), f));
}

/**
 * Runs `p` and `q`. The value is that of `q`.
 *
 * @example
 * ```ts
 * import { run, skipL, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(skipL(string("$"), string("a")), "$a")); // => "a"
 * ```
 */
export function skipL<U, E, F>(p: Parser<unknown, E>, q: Parser<U, F>): Parser<U, E | F> {
  return Parser.of(make.pick(1, nodeOf(p), nodeOf(q)));
}

/**
 * Runs `p` and `q`. The value is that of `p`.
 *
 * @example
 * ```ts
 * import { run, skipR, unwrap } from "sluice";
 * import { string } from "sluice/lex";
 * unwrap(run(skipR(string("a"), string(";")), "a;")); // => "a"
 * ```
 */
export function skipR<T, E, F>(p: Parser<T, E>, q: Parser<unknown, F>): Parser<T, E | F> {
  return Parser.of(make.pick(0, nodeOf(p), nodeOf(q)));
}
