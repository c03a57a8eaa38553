// What is inferred through chains of methods: literals stay, and a value in place of a missing one has the type that it
// stands in for. Compiled, and not run.
import {
  andThen,
  as,
  attempt,
  chainl1,
  choice,
  fail,
  fold,
  lazy,
  many,
  map,
  ok,
  opt,
  or,
  type Parser,
  panicBlock,
  panicUntil,
  recover,
  recoverMissing,
  recoverUntil,
  recoverWithContext,
  recoverWithDefault,
  recoverWithInsert,
  rule,
  seq,
  slice,
} from "sluice";
import { string, symbol } from "sluice/lex";
import { precedence } from "sluice/op";

type Eq<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
declare function is<A>(): <B>(value: B, same: Eq<A, B>) => void;
declare const x: Parser<number>;
declare const y: Parser<string, Date>;
declare const noisy: Parser<string, Date>;

// each as a constant of its own, where nothing asks for a type
const either = choice([as(x, "a"), as(y, "b")]);
const eitherMany = choice([as(x, "a"), as(y, "b")]).many();
const eitherMany1 = choice([as(x, "a"), as(y, "b")]).many1();
const eitherRule = choice([as(x, "a"), as(y, "b")]).rule("r");
const eitherLabel = choice([as(x, "a"), as(y, "b")]).label("l");
const eitherOr = choice([as(x, "a"), as(y, "b")]).or(as(x, "c"));
const eitherOpt = choice([as(x, "a"), as(y, "b")]).opt();
const eitherOptC = choice([as(x, "a"), as(y, "b")]).opt("c");
const eitherRecovered = choice([as(x, "a"), as(y, "b")]).recover(y, 7);
const eitherSepBy = choice([as(x, "a"), as(y, "b")]).sepBy(x);
const methodsOnly = x.as("a").or(y.as("b")).attempt().many();
const truth = string("yes").as(true).or(string("no").as(null)).rule("truth");
const pairs = seq(as(x, "a"), ok(1)).many();
const later = y.andThen((text) => (text === "" ? ok("a") : ok("b"))).many();
const own = lazy(() => ok("a")).many();
is<Parser<"a" | "b", Date>>()(either, true);
is<Parser<("a" | "b")[], Date>>()(eitherMany, true);
is<Parser<["a" | "b", ...("a" | "b")[]], Date>>()(eitherMany1, true);
is<Parser<"a" | "b", Date>>()(eitherRule, true);
is<Parser<"a" | "b", Date>>()(eitherLabel, true);
is<Parser<"a" | "b" | "c", Date>>()(eitherOr, true);
is<Parser<"a" | "b" | undefined, Date>>()(eitherOpt, true);
is<Parser<"a" | "b" | "c", Date>>()(eitherOptC, true);
is<Parser<"a" | "b" | 7, Date>>()(eitherRecovered, true);
is<Parser<("a" | "b")[], Date>>()(eitherSepBy, true);
is<Parser<("a" | "b")[], Date>>()(methodsOnly, true);
is<Parser<true | null>>()(truth, true);
is<Parser<["a", 1][]>>()(pairs, true);
is<Parser<("a" | "b")[], Date>>()(later, true);
is<Parser<"a"[]>>()(own, true);

// the functions say the same
is<Parser<("a" | "b")[], Date>>()(many(choice([as(x, "a"), as(y, "b")])), true);
is<Parser<"a" | "b", Date>>()(rule("r", choice([as(x, "a"), as(y, "b")])), true);
is<Parser<"a" | "b", Date>>()(attempt(or(as(x, "a"), as(y, "b"))), true);

// what stands in for a missing value
type Ast = { t: "leaf" } | { t: "list"; of: Ast[] };
declare const ast: Parser<Ast>;
is<Parser<number[]>>()(many(x).opt([]), true);
is<Parser<number[]>>()(opt(many(x), []), true);
is<Parser<never[] | [number, ...number[]]>>()(x.many1().opt([]), true);
is<Parser<number>>()(x.opt(0), true);
is<Parser<number | null>>()(x.opt(null), true);
is<Parser<number | null>>()(x.opt<null>(null), true);
is<Parser<string | 0, Date>>()(opt(noisy, 0), true);
is<Parser<"a" | "b">>()(as(x, "a").opt("b"), true);
is<Parser<3>>()(fail().opt(3), true);
is<Parser<Ast>>()(ast.opt({ t: "list", of: [] }), true);
is<Parser<Ast>>()(opt(ast, { t: "leaf" }), true);
const orNull = <T>(p: Parser<T>): Parser<T | null> => p.opt(null);
is<Parser<number | null>>()(orNull(x), true);

// an empty list beside a list is a list, whichever comes first
is<Parser<number[]>>()(many(x).or(ok([])), true);
is<Parser<number[]>>()(or(many(x), ok([])), true);
is<Parser<number[], Date>>()(as(y, []).or(many(x)), true);
is<Parser<number[], Date>>()(or(as(y, []), many(x)), true);
is<Parser<number[], Date>>()(choice([many(x), as(y, [])]), true);
is<Parser<string | number[], Date>>()(choice([y, many(x), as(y, [])]), true);
is<Parser<number[]>>()(
  andThen(x, (n) => (n < 0 ? ok([]) : many(x))),
  true,
);
is<Parser<number[]>>()(
  x.andThen((n) => (n < 0 ? ok([]) : many(x))),
  true,
);
is<Parser<never[]>>()(or(ok([]), ok([])), true);
is<Parser<never[]>>()(ok([]).or(ok([])), true);
is<Parser<never>>()(or(fail(), fail()), true);
is<Parser<number[]>>()(fail().or(many(x)), true);
type Any = ReturnType<typeof JSON.parse>;
declare const unsure: Parser<Any>;
is<Parser<Any>>()(or(many(x), unsure), true);
is<Parser<Any>>()(many(x).or(unsure), true);
is<Parser<Any>>()(unsure.or(many(x)), true);
is<Parser<never[] | [number, ...number[]], Date>>()(choice([x.many1(), as(y, [])]), true);
// in a function for any parser too
const orNothing = <T>(p: Parser<T>): Parser<T | null> => or(p, ok(null));
const orNothingByMethod = <T>(p: Parser<T>): Parser<T | null> => p.or(ok(null));
const listOf = <T>(p: Parser<T>): Parser<T[]> => or(many(p), ok([]));
const lengthOf = <T>(p: Parser<T>): Parser<number> => or(many(p), ok([])).map((list) => list.length);
const lengthByMethod = <T>(p: Parser<T>): Parser<number> =>
  many(p)
    .or(ok([]))
    .map((list) => list.length);
void [orNothing, orNothingByMethod, listOf, lengthOf, lengthByMethod];

// what takes the place of an error has the type that it stands in for, if it fits
is<Parser<number[], Date>>()(recover(many(x), y, []), true);
is<Parser<number[], Date>>()(
  recover(many(x), y, () => []),
  true,
);
is<Parser<number[], Date>>()(many(x).recover(y, []), true);
is<Parser<number[], Date>>()(recoverWithDefault(many(x), y, []), true);
is<Parser<number[], Date>>()(recoverUntil(many(x), y, []), true);
is<Parser<number[], Date>>()(recoverWithInsert(many(x), y, ";", []), true);
is<Parser<number[], Date>>()(recoverWithContext(many(x), y, "so", []), true);
is<Parser<number[], Date>>()(recoverMissing(many(x), y, ";", []), true);
is<Parser<number[], Date>>()(panicUntil(many(x), y, []), true);
is<Parser<number[], Date>>()(panicBlock(many(x), x, y, []), true);
is<Parser<number[] | null, Date>>()(panicBlock(many(x), x, y, null), true);
is<Parser<Ast, Date>>()(recover(ast, y, { t: "list", of: [] }), true);
is<Parser<Ast, Date>>()(ast.recover(y, { t: "list", of: [] }), true);

// the sum of a fold has the type that its start says
is<Parser<number[]>>()(
  fold(
    x,
    (): number[] => [],
    (sum, n) => [...sum, n],
  ),
  true,
);

// the rest of the recommended definitions
is<Parser<number, Date>>()(
  chainl1(
    map(noisy, Number),
    symbol("+").as((a, b) => a + b),
  ),
  true,
);
is<Parser<string | null, Date>>()(recover(noisy, string(";"), null), true);
const made = recover(noisy, string(";"), (error, skipped) => ({ code: error.code, skipped }));
is<Parser<string | { code: string | undefined; skipped: string }, Date>>()(made, true);
is<Parser<string | number, Date>>()(
  noisy.recover(string(";"), (_, skipped) => skipped.length),
  true,
);
is<Parser<string>>()(slice(noisy), true);
is<Parser<number, Date>>()(
  precedence(map(noisy, Number))
    .level((l) => l.prefix(symbol("-").as((n) => -n)))
    .build(),
  true,
);

// functions hand the type that is asked for down to every alternative; a method can't hand it back to what it is called on
const byFunctions: Parser<Ast[]> = many(choice([map(x, () => ({ t: "leaf" })), ast]));
const byMethods: Parser<Ast[]> = choice([x.map((): Ast => ({ t: "leaf" })), ast]).many();
// @ts-expect-error without its own annotation the tag is a string
const untold: Parser<Ast[]> = choice([x.map(() => ({ t: "leaf" })), ast]).many();
void [byFunctions, byMethods, untold];
