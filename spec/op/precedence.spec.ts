// `precedence`: how operators group, which is taken, what is said when one lacks its operand, and depth.
import test from "ava";
import {
  attempt,
  between,
  choice,
  eof,
  lazy,
  listing,
  many,
  notFollowedBy,
  ok,
  or,
  type Parser,
  rule,
  run,
  seq,
  skipMany,
  slice,
  spanned,
  unwrap,
} from "../../src/index.ts";
import { charSet, identifier, int10, lexeme, oneOf, string, symbol, takeWhile1 } from "../../src/lex/index.ts";
import { precedence } from "../../src/op/index.ts";
import { CLOSED, parseLoopSync } from "../../src/stream/index.ts";
import { everyWay } from "../_chunks.ts";
import { said } from "../_said.ts";

type Join = (left: string, right: string) => string;

const joins =
  (operator: string): Join =>
  (left, right) =>
    `(${left}${operator}${right})`;
const between2 = (text: string): Parser<Join> => symbol(text).map(joins);
const before = (text: string): Parser<(x: string) => string> => symbol(text).as((x: string) => `(${text}${x})`);
const behind = (text: string): Parser<(x: string) => string> => symbol(text).as((x: string) => `(${x}${text})`);
const choose = (condition: string, yes: string, no: string): string => `(${condition}?${yes}:${no})`;

const atom: Parser<string> = choice([
  lexeme(int10),
  lexeme(identifier),
  between(
    symbol("("),
    lazy(() => expression),
    symbol(")"),
  ),
]);

const expression: Parser<string> = precedence(atom)
  .level((l) => l.postfix(behind("!")))
  .level((l) => l.infixr(between2("^")))
  .level((l) => l.prefix(before("-")).prefix(before("~")))
  .level((l) => l.infixl(between2("*")).infixl(between2("/")))
  .level((l) => l.infixl(between2("+")).infixl(between2("-")))
  .level((l) => l.infixl(between2("<<")).infixl(between2(">>")))
  .level((l) => l.infixn(between2("<")).infixn(between2("<=")))
  .level((l) => l.prefix(before("not")))
  .level((l) => l.infixl(between2("&&")))
  .level((l) => l.ternary({ head: symbol("?"), mid: symbol(":"), build: choose }))
  .level((l) => l.infixr(between2("=")))
  .build();

const groups = test.macro({
  exec(t, input: string, grouped: string) {
    t.is(unwrap(everyWay(t, expression, input)), grouped);
  },
  title: (_, input: string, grouped: string) => `${input} is ${grouped}`,
});

test(groups, "1", "1");
test(groups, "1 + 2 * 3", "(1+(2*3))");
test(groups, "1 * 2 + 3", "((1*2)+3)");
test(groups, "1 - 2 - 3", "((1-2)-3)");
test(groups, "2 ^ 3 ^ 4", "(2^(3^4))");
test(groups, "(1 + 2) * 3", "((1+2)*3)");
test(groups, "-2 ^ 2", "(-(2^2))");
test(groups, "2 ^ -1", "(2^(-1))");
test(groups, "2 ^ -1 ^ 3 * 4", "((2^(-(1^3)))*4)");
test(groups, "- ~ - 1", "(-(~(-1)))");
test(groups, "1!!", "((1!)!)");
test(groups, "-1!", "(-(1!))");
test(groups, "1 < 2 && 3 < 4", "((1<2)&&(3<4))");
test(groups, "1 * not 2 + 3 && 4", "((1*(not(2+3)))&&4)");
test(groups, "a ? b : c ? d : e", "(a?b:(c?d:e))");
test(groups, "a ? b ? c : d : e", "(a?(b?c:d):e)");
test(groups, "a ? x = 1 : c = d", "((a?(x=1):c)=d)");
test(groups, "x = y = z && 1", "(x=(y=(z&&1)))");

// the longest operator wins, also over one of another level
test(groups, "1<<2", "(1<<2)");
test(groups, "1<=2", "(1<=2)");
test(groups, "1<2", "(1<2)");
test(groups, "1<-2", "(1<(-2))");

const says = test.macro({
  exec(t, input: string, message: string) {
    everyWay(t, expression, input);
    t.is(said(expression, input), message);
  },
  title: (_, input: string) => `what is said of ${input}`,
});

test(says, "1 +", "1:4: unexpected end of input, expected expression after operator '+'");
test(says, "1 + )", "1:5: expected expression after operator '+'");
test(says, "(1 + )", "1:6: expected expression after operator '+'");
test(says, "1 + * 2", "1:5: expected expression after operator '+'");
test(says, "1 + - )", "1:7: expected expression after operator '-'");
test(says, "1 <= ;", "1:6: expected expression after operator '<='");
test(says, "a ? : b", "1:5: expected expression after operator '?'");
test(says, "a ? b : ;", "1:9: expected expression after operator ':'");
test(says, "1 2", "1:3: expected operator or end of input");
test(says, "1 $ 2", "1:3: expected operator or end of input");
test(says, "(1 2)", '1:4: expected ")" or operator\n  note: 1:1: opened here');
test(says, "(1 + 2", '1:7: unexpected end of input, expected ")" or operator\n  note: 1:1: opened here');
test(says, "a ? b", '1:6: unexpected end of input, expected ":" or operator\n  note: 1:3: opened here');
test(
  says,
  "1 < 2 < 3",
  "1:7: operator '<' can't be chained with '<': parentheses must say which comes first\n" +
    "  note: 1:3: the first operator\n  note: 1:7: the second operator",
);
test(
  says,
  "x = a && b  <\n c + 1 <= d ",
  "2:8: operator '<' can't be chained with '<=': parentheses must say which comes first\n" +
    "  note: 1:13: the first operator\n  note: 2:8: the second operator",
);

test("operators that can't be chained: code, spans, and parentheses as a fix-it", (t) => {
  const input = "x = not 1 + 2  < 3 * 4  <= 5";
  const { diagnostics } = everyWay(t, expression, input, { source: "a.txt" });
  t.is(diagnostics.length, 1);
  const [diagnostic] = diagnostics;
  t.is(diagnostic?.code, "E2001");
  const texts = [diagnostic?.at, ...(diagnostic?.notes ?? []).map(({ span }) => span)].map((span) =>
    input.slice(span?.start.offset, span?.end.offset),
  );
  t.deepEqual(texts, ["<=", "<", "<="]);
  t.deepEqual(
    diagnostic?.fixits.map(({ span, insert }) => [span.source, span.start.offset, span.end.offset, insert]),
    [
      ["a.txt", 8, 8, "("],
      ["a.txt", 22, 22, ")"],
    ],
  );
  t.true(run(expression, "x = not (1 + 2  < 3 * 4)  <= 5").ok);
});

test("the fix-it begins where the expression began, though its text is long gone", (t) => {
  const input = `(1 + ${"1 + ".repeat(20_000)} 1 < 2 < 3)`;
  const loop = parseLoopSync(expression);
  let step = loop.next("");
  for (let at = 0; !step.done; at += 1000) step = loop.next(at < input.length ? input.slice(at, at + 1000) : CLOSED);
  const { result } = step.value;
  t.deepEqual(result.diagnostics, run(expression, input).diagnostics);
  t.is(result.diagnostics[0]?.fixits[0]?.span.start.offset, 1);
});

test("operandLabel is what an operand is called, at the start too", (t) => {
  const value = choice([
    lexeme(int10),
    between(
      symbol("("),
      lazy(() => sum),
      symbol(")"),
    ),
  ]);
  const sum: Parser<string> = precedence(value, { operandLabel: "a value" })
    .level((l) => l.prefix(before("-")))
    .level((l) => l.infixl(between2("+")))
    .build();
  t.is(said(sum, "1 + ;"), "1:5: expected a value after operator '+'");
  t.is(said(sum, ";"), "1:1: expected a value");
  t.is(said(sum, "()"), "1:2: expected a value");
  t.is(said(expression, ";"), '1:1: expected "not", "-", "~", "(", digit or identifier');
});

test("an operand is committed after its operator", (t) => {
  const sum = precedence(lexeme(int10))
    .level((l) => l.infixl(between2("+")))
    .build();
  t.false(run(or(sum, string("1 + x")), "1 + x").ok);
  t.true(run(or(attempt(seq(sum, eof)), string("1 + x")), "1 + x").ok);
});

test("operators whose text is known only once it was read", (t) => {
  const signs = charSet("!#$%&*+./<=>?@^|~-");
  const free = precedence(lexeme(int10))
    .level((l) => l.infixl(lexeme(takeWhile1(signs)).map(joins)))
    .build();
  t.is(unwrap(everyWay(t, free, "1 <+> 2 |> 3")), "((1<+>2)|>3)");
  everyWay(t, free, "1 <+> ");
  everyWay(t, free, "1 <+> x");
  t.is(said(free, "1 <+> x"), "1:7: expected expression after operator '<+>'");
  t.is(run(free, "1 <+> x").diagnostics[0]?.code, "E1001");
  const unchained = precedence(lexeme(int10))
    .level((l) => l.infixn(lexeme(takeWhile1(signs)).map(joins)))
    .build();
  t.regex(said(unchained, "1 <+> 2 <*> 3"), /operator '<\+>' can't be chained with '<\*>'/);
  everyWay(t, unchained, "1 <+> 2 <*> 3");
  const prefixed = precedence(lexeme(int10))
    .level((l) => l.prefix(takeWhile1(signs).map((sign) => (x: string) => `(${sign}${x})`)))
    .build();
  t.is(unwrap(everyWay(t, prefixed, "-- 1")), "(--1)");
  t.is(said(prefixed, "-- x"), "1:4: expected expression after operator '--'");
});

test("an operator may be any of several texts", (t) => {
  const sum = precedence(lexeme(int10))
    .level((l) => l.infixl(oneOf("*/").map(joins)))
    .level((l) => l.infixl(lexeme(choice([string("+"), string("-"), string("+-")])).map(joins)))
    .build();
  t.is(unwrap(everyWay(t, sum, "1 +- 2 / 3 - 4")), "((1+-(2/3))-4)");
  t.is(said(sum, "1 +- "), "1:6: unexpected end of input, expected expression after operator '+-'");
  t.is(said(sum, "1 / x"), "1:5: expected expression after operator '/'");
});

test("an operator with a condition behind it, and one of two words", (t) => {
  const lone = attempt(string("<").skipR(notFollowedBy(oneOf("=<")))).as(joins("<"));
  const notIn = attempt(seq(symbol("not"), string("in"))).as(joins(" not in "));
  const test1 = precedence(lexeme(identifier))
    .level((l) => l.infixn(lone).infixn(notIn))
    .build();
  t.is(unwrap(everyWay(t, test1, "a < b")), "(a<b)");
  t.is(unwrap(everyWay(t, test1, "a not in b")), "(a not in b)");
  t.is(said(test1, "a <= b"), "1:4: expected something other than =<");
  t.is(said(test1, "a not in "), "1:10: unexpected end of input, expected expression after operator 'not in'");
});

test("space after operators: that in force, or what is given", (t) => {
  const plus = string("+").as(joins("+"));
  const sum = (space?: Parser<unknown>): Parser<string> =>
    precedence(int10, { space })
      .level((l) => l.infixl(plus))
      .build();
  t.true(run(sum(), "1+ 2").ok);
  t.false(run(sum(), "1 +2").ok);
  t.false(run(sum(ok(undefined)), "1+ 2").ok);
  t.true(run(sum(skipMany(string("_"))), "1+__2").ok);
  t.true(run(sum().withSpace(skipMany(string("_"))), "1+__2").ok);
  t.true(run(sum(ok(undefined)), "1+2").ok);
});

test("what operands and operators emit comes out in order", (t) => {
  const plus = symbol("+").emit().map(joins);
  const sum = precedence(lexeme(int10).emit())
    .level((l) => l.infixl(plus))
    .build();
  const result = everyWay(t, sum, "1 + 2 + 3");
  t.deepEqual(result.emitted, ["1", "+", "2", "+", "3"]);
});

test("an expression whose value nobody wants is still checked", (t) => {
  t.is(unwrap(run(slice(expression), "1 + 2")), "1 + 2");
  t.is(run(slice(expression), "1 < 2 < 3").diagnostics[0]?.code, "E2001");
});

test("a builder is a value: what is added to it leaves it as it was", (t) => {
  const one = precedence(lexeme(int10)).level((l) => l.infixl(between2("*")));
  const two = one.level((l) => l.infixl(between2("+")));
  t.false(run(one.build(), "1 + 2").ok);
  t.true(run(two.build(), "1 + 2").ok);
  t.is(unwrap(run(precedence(lexeme(int10)).build(), "1")), "1");
});

test("what can't be built says what to do", (t) => {
  const number = lexeme(int10);
  const built = (builder: { build(): unknown }): void => void builder.build();
  t.throws(() => built(precedence(number).level((l) => l.infixl(between2("+")).infixr(between2("^")))), {
    instanceOf: TypeError,
    message: "level 1 mixes infixl and infixr: give each kind of operator a level of its own",
  });
  t.throws(() => built(precedence(number).level((l) => l)), {
    instanceOf: TypeError,
    message: "level 1 has no operators: give it some, or leave it out",
  });
  t.throws(() => precedence(number).level((() => undefined) as never), {
    instanceOf: TypeError,
    message: /gives back/,
  });
  t.throws(() => precedence("1" as never), { instanceOf: TypeError, message: /expected a parser/ });
  t.throws(() => precedence(number, { operandLabel: "" }), { instanceOf: TypeError, message: /operandLabel/ });
  t.throws(() => precedence(number, { space: " " as never }), { instanceOf: TypeError, message: /expected a parser/ });
  t.throws(() => precedence(number).level((l) => l.prefix("-" as never)), { instanceOf: TypeError });
  t.throws(() => precedence(number).level((l) => l.ternary({ head: symbol("?"), mid: symbol(":") } as never)), {
    instanceOf: TypeError,
    message: /build is a function/,
  });
});

test("an operator whose parser gives no function is told of, by its text", (t) => {
  const wrong = precedence(lexeme(int10))
    .level((l) => l.infixl(symbol("+") as never))
    .build();
  t.throws(() => run(wrong, "1 + 2"), { instanceOf: TypeError, message: /infixl operator '\+' gives "\+"/ });
  t.true(run(wrong, "1").ok);
});

test("left recursion is found where an operand begins with its expression", (t) => {
  const circular: Parser<string> = precedence(lazy(() => circular))
    .level((l) => l.infixl(between2("+")))
    .build();
  t.is(run(circular, "1").diagnostics[0]?.code, "E4001");
  t.regex(listing(expression), /list_end/);
});

test("rules and spans inside an expression", (t) => {
  const place = rule("number", spanned(lexeme(int10))).map(({ span }) => `${span.start.offset}-${span.end.offset}`);
  const sum = precedence(place)
    .level((l) => l.infixl(between2("+")))
    .build();
  t.is(unwrap(everyWay(t, sum, "1 + 23")), "(0-2+4-6)");
  t.deepEqual(run(rule("sum", sum), "1 + x").diagnostics[0]?.context, ["number", "sum"]);
});

test("one expression after another", (t) => {
  t.is(unwrap(everyWay(t, many(expression.skipR(symbol(";"))), "1 + 2; a < b;3;")).length, 3);
});
