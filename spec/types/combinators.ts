// Every combinator: what it gives, and that what its parts emit passes through. Compiled, and not run.
import {
  type AnyParser,
  as,
  attempt,
  chainl1,
  chainr1,
  checkpoint,
  count,
  cut,
  cutHere,
  delimited,
  eof,
  expect,
  fail,
  frame,
  grammarOf,
  type LintFinding,
  label,
  lint,
  lookahead,
  many1,
  manyTill,
  map,
  notFollowedBy,
  ok,
  type Parser,
  type Position,
  position,
  preceded,
  type RuleInfo,
  repeat,
  rule,
  type Spanned,
  separatedPair,
  sepBy1,
  sepEndBy,
  skipMany,
  skipMany1,
  sliceBytes,
  spanned,
  terminated,
  withDoc,
} from "sluice";
import { symbol } from "sluice/lex";

type Eq<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
declare function is<A>(): <B>(value: B, same: Eq<A, B>) => void;
declare const noisy: Parser<string, Date>;
declare const loud: Parser<number, RegExp>;
declare const shrill: Parser<boolean, URL>;
declare const join: Parser<(a: string, b: string) => string, RegExp>;

// basic
is<Parser<7>>()(ok(7), true);
is<Parser<never>>()(fail("no"), true);
is<Parser<undefined>>()(eof, true);
is<Parser<string, Date>>()(rule("r", noisy), true);
is<Parser<string, Date>>()(label("l", noisy), true);
is<Parser<string, Date>>()(withDoc(noisy, "words"), true);

// change
is<Parser<number, Date>>()(map(noisy, Number), true);
is<Parser<"x", Date>>()(as(noisy, "x"), true);
is<Parser<string, Date>>()(cut(noisy), true);
is<Parser<undefined>>()(cutHere(), true);
is<Parser<string, Date>>()(attempt(noisy), true);
is<Parser<string, Date>>()(expect("it", noisy), true);

// repeat
is<Parser<string[], Date>>()(repeat(noisy, 1, 2), true);
is<Parser<string[], Date>>()(count(noisy, 2), true);
is<Parser<undefined, Date>>()(skipMany(noisy), true);
is<Parser<undefined, Date>>()(skipMany1(noisy), true);
is<Parser<[string, ...string[]], Date>>()(many1(noisy), true);
is<Parser<[string, ...string[]], Date | RegExp>>()(sepBy1(noisy, loud), true);
is<Parser<string[], Date | RegExp>>()(sepEndBy(noisy, loud), true);
is<Parser<string[], Date | RegExp>>()(manyTill(noisy, loud), true);

// around, look, chain
is<Parser<number, Date | RegExp>>()(preceded(noisy, loud), true);
is<Parser<string, Date | RegExp>>()(terminated(noisy, loud), true);
is<Parser<number, Date | RegExp | URL>>()(delimited(noisy, loud, shrill), true);
is<Parser<[string, boolean], Date | RegExp | URL>>()(separatedPair(noisy, loud, shrill), true);
is<Parser<string>>()(lookahead(noisy), true);
is<Parser<undefined>>()(notFollowedBy(noisy), true);
is<Parser<string, Date | RegExp>>()(chainl1(noisy, join), true);
is<Parser<string, Date | RegExp>>()(chainr1(noisy, join), true);
is<Parser<number, Date>>()(
  chainl1(
    map(noisy, Number),
    symbol("+").as((a, b) => a + b),
  ),
  true,
);

// position, text, observe
is<Parser<Spanned<string>, Date>>()(spanned(noisy), true);
is<Parser<Position>>()(position, true);
is<Parser<Uint8Array>>()(sliceBytes(noisy), true);
is<Parser<string, Date>>()(checkpoint(noisy), true);
is<Parser<string, Date>>()(frame("f", noisy), true);

// the same as methods
is<Parser<number, Date>>()(
  noisy.map((text) => text.length),
  true,
);
is<Parser<7, Date>>()(noisy.as(7), true);
is<Parser<number | boolean, Date | RegExp | URL>>()(
  noisy.andThen((text) => (text === "" ? loud : shrill)),
  true,
);
is<Parser<number, Date | RegExp>>()(noisy.skipL(loud), true);
is<Parser<string, Date | RegExp>>()(noisy.skipR(loud), true);
is<Parser<string | undefined, Date>>()(noisy.opt(), true);
is<Parser<string | null, Date>>()(noisy.opt(null), true);
is<Parser<string[], Date>>()(noisy.many(), true);
is<Parser<[string, ...string[]], Date>>()(noisy.many1(), true);
is<Parser<undefined, Date>>()(noisy.skipMany(), true);
is<Parser<string[], Date | RegExp>>()(noisy.sepBy(loud), true);
is<Parser<[string, ...string[]], Date | RegExp>>()(noisy.sepBy1(loud), true);
is<Parser<string, Date | RegExp | URL>>()(noisy.between(loud, shrill), true);
is<Parser<string, Date>>()(noisy.label("l").rule("r").attempt().cut().withDoc("words"), true);
is<Parser<Spanned<string>, Date>>()(noisy.spanned(), true);
is<Parser<string, Date | string>>()(noisy.emit(), true);
is<Parser<number, Date | string | RegExp | URL>>()(noisy.each({ sep: loud, end: shrill }), true);
is<Parser<string>>()(noisy.slice(), true);
is<Parser<string, Date | RegExp>>()(noisy.withSpace(loud), true);

// a parser is awaited as it is
export async function awaited(): Promise<void> {
  is<Parser<string, Date>>()(await noisy, true);
}
// @ts-expect-error there is no such method, or a parser would be a thenable
void noisy.then;

// grammars as data
is<LintFinding[]>()(lint(noisy), true);
is<readonly RuleInfo[]>()(grammarOf(noisy), true);
export const check = (grammars: Record<string, AnyParser>): string[] =>
  Object.entries(grammars).flatMap(([name, g]) =>
    lint(g).map((f) => `${name}: ${f.code} ${f.rule ?? ""} ${f.message}`),
  );
