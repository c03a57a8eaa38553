// What is inferred: values and emissions through every combinator. Compiled, and not run.
import {
  type AnyParser,
  andThen,
  as,
  between,
  choice,
  type EmittedOf,
  each,
  emit,
  fail,
  lazy,
  lookahead,
  many,
  many1,
  map,
  ok,
  opt,
  or,
  type ParseResult,
  type Parser,
  run,
  sepBy,
  seq,
  skipL,
  skipR,
  slice,
  type ValueOf,
} from "sluice";
import { takeBytes } from "sluice/binary";
import { identifier, int10, symbol } from "sluice/lex";
import {
  type Completed,
  type ItemOf,
  ParserStream,
  parse,
  parseEach,
  parseLoop,
  runStream,
  type Source,
} from "sluice/stream";

type Eq<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
declare function is<A>(): <B>(value: B, same: Eq<A, B>) => void;
declare const noisy: Parser<string, Date>;
declare const loud: Parser<number, RegExp>;
declare const uint8: Parser<number>;

// values and emissions pass through every combinator
is<Parser<[string, string, number], Date | RegExp>>()(seq(identifier, noisy, loud), true);
is<Parser<[]>>()(seq(), true);
is<Parser<string | number, Date | RegExp>>()(choice([noisy, loud]), true);
is<Parser<never>>()(choice([]), true);
is<Parser<string | number, Date | RegExp>>()(noisy.or(loud), true);
is<Parser<string | number, Date | RegExp>>()(or(noisy, loud), true);
is<Parser<number, Date | RegExp>>()(skipL(noisy, loud), true);
is<Parser<string, Date | RegExp>>()(skipR(noisy, loud), true);
is<Parser<string[], Date>>()(many(noisy), true);
is<Parser<[string, ...string[]], Date>>()(many1(noisy), true);
is<Parser<string[], Date | RegExp>>()(sepBy(noisy, loud), true);
is<Parser<string, Date | RegExp>>()(between(loud, noisy, identifier), true);
is<Parser<string | undefined, Date>>()(opt(noisy), true);
is<Parser<string | 0, Date>>()(opt(noisy, 0), true);
is<Parser<string, Date>>()(
  lazy(() => noisy),
  true,
);
is<Parser<string, Date | string>>()(emit(noisy), true);
is<Parser<number, Date | string | RegExp>>()(each(noisy, { sep: loud }), true);
is<Parser<number, string>>()(each(identifier), true);
is<Parser<string | Uint8Array, Date>>()(
  andThen(uint8, (n) => (n ? noisy : takeBytes(n))),
  true,
);
is<Parser<number>>()(
  uint8.andThen((n) => (n > 3 ? fail("big") : ok(n))),
  true,
);
is<Parser<true>>()(as(identifier, true), true);
is<Parser<never[]>>()(ok([]), true);
is<Parser<string>>()(slice(noisy), true);

// one parser for all runners
is<ParseResult<number, string>>()(run(each(identifier), ""), true);
is<AsyncGenerator<string, Completed<number, string>, void>>()(parseEach(each(identifier), ""), true);
is<AsyncGenerator<string, Completed<string>, void>>()(parseEach(identifier, ""), true);
is<ParserStream<string>>()(new ParserStream(identifier), true);
is<ParserStream<string>>()(new ParserStream(each(identifier)), true);
is<Promise<Completed<number, string>>>()(parse(each(identifier), ""), true);

// generic code stays sound: the choice is made when E is known
function rows<T, E>(p: Parser<T, E>, source: Source): AsyncGenerator<ItemOf<T, E>, unknown, void> {
  return parseEach(p, source);
}
is<AsyncGenerator<string, unknown, void>>()(rows(identifier, ""), true);
is<AsyncGenerator<string, unknown, void>>()(rows(each(identifier), ""), true);

// variance
const any1: AnyParser = noisy;
const wide: Parser<string | number, Date | RegExp> = noisy;
// @ts-expect-error emissions are checked
const quiet: Parser<string> = noisy;
declare const valueOfNoisy: ValueOf<typeof noisy>;
declare const emittedOfNoisy: EmittedOf<typeof noisy>;
is<string>()(valueOfNoisy, true);
is<Date>()(emittedOfNoisy, true);

// trees told apart by a tag, without `as const`, through choice, lazy, map, between
type Ast = { t: "num"; v: number } | { t: "list"; of: Ast[] };
const ast: Parser<Ast> = lazy(() =>
  choice([
    map(int10, (v) => ({ t: "num", v: Number(v) })),
    between(symbol("["), many(ast), symbol("]")).map((of) => ({ t: "list", of })),
  ]),
);
const bad: Parser<Ast> = choice([
  map(int10, (v) => ({ t: "num", v: Number(v) })),
  // @ts-expect-error the wrong tag is reported at its own element
  map(int10, () => ({ t: "nom", v: 1 })),
]);

// a result is a union
const r = run(seq(identifier, opt(int10)), "");
if (r.ok) is<[string, string | undefined]>()(r.value, true);
else if (r.recovered) is<[string, string | undefined]>()(r.value, true);
else is<undefined>()(r.value, true);

void [parseLoop, runStream, lookahead, any1, wide, quiet, bad];
