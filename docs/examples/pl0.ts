// PL/0, the small language of N. Wirth, "Algorithms + Data Structures = Programs" (1976), parsed to a typed tree.
//
//   var n, f;
//   begin n := 5; f := 1; while n > 0 do begin f := f * n; n := n - 1 end; ! f end.
import {
  attempt,
  between,
  choice,
  label,
  lazy,
  notFollowedBy,
  ok,
  opt,
  type Parser,
  rule,
  sepBy1,
  seq,
  skipMany,
} from "sluice";
import { charSet, commentBlock, identifier, int10, lexeme, satisfy, string, symbol, takeWhile1 } from "sluice/lex";
import { precedence } from "sluice/op";

export interface Block {
  readonly constants: readonly { readonly name: string; readonly value: number }[];
  readonly variables: readonly string[];
  readonly procedures: readonly { readonly name: string; readonly block: Block }[];
  readonly body: Statement;
}

export type Statement =
  | { readonly type: "assign"; readonly name: string; readonly value: Expression }
  | { readonly type: "call"; readonly name: string }
  | { readonly type: "read"; readonly name: string }
  | { readonly type: "write"; readonly value: Expression }
  | { readonly type: "sequence"; readonly statements: readonly Statement[] }
  | { readonly type: "if"; readonly condition: Condition; readonly body: Statement }
  | { readonly type: "while"; readonly condition: Condition; readonly body: Statement }
  | { readonly type: "empty" };

export type Comparison = "=" | "#" | "<" | "<=" | ">" | ">=";
export type Condition =
  | { readonly type: "odd"; readonly of: Expression }
  | { readonly type: "compare"; readonly by: Comparison; readonly left: Expression; readonly right: Expression };

export type Expression =
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "name"; readonly name: string }
  | { readonly type: "sign"; readonly operator: "+" | "-"; readonly of: Expression }
  | {
      readonly type: "operation";
      readonly operator: "+" | "-" | "*" | "/";
      readonly left: Expression;
      readonly right: Expression;
    };

// tokens: each reads the space after it, and comments in braces

const comment = commentBlock("{", "}");
const space = skipMany(choice([takeWhile1(charSet("\\s")), comment]));
const border = notFollowedBy(satisfy(charSet("\\p{XID_Continue}")));
const word = (text: string): Parser<string> => lexeme(label(`"${text}"`, attempt(string(text).skipR(border))));
const words = ["const", "var", "procedure", "call", "begin", "end", "if", "then", "while", "do", "odd"];
const name = label("identifier", lexeme(attempt(notFollowedBy(choice(words.map(word))).skipL(identifier))));
const number = label("number", lexeme(int10).map(Number));

// expressions

const sign = <const S extends "+" | "-">(text: S) =>
  symbol(text).as((of: Expression): Expression => ({ type: "sign", operator: text, of }));
const operation = <const S extends "+" | "-" | "*" | "/">(text: S) =>
  symbol(text).as(
    (left: Expression, right: Expression): Expression => ({ type: "operation", operator: text, left, right }),
  );
const factor: Parser<Expression> = choice([
  number.map((value) => ({ type: "number", value })),
  name.map((text) => ({ type: "name", name: text })),
  between(
    symbol("("),
    lazy(() => expression),
    symbol(")"),
  ),
]);
const expression: Parser<Expression> = precedence(factor, { operandLabel: "expression" })
  .level((l) => l.infixl(operation("*")).infixl(operation("/")))
  .level((l) => l.prefix(sign("+")).prefix(sign("-")))
  .level((l) => l.infixl(operation("+")).infixl(operation("-")))
  .build();

const comparison: Parser<Comparison> = label(
  "comparison",
  choice([symbol("<="), symbol(">="), symbol("="), symbol("#"), symbol("<"), symbol(">")]),
);
const condition: Parser<Condition> = label(
  "condition",
  choice([
    word("odd")
      .skipL(expression)
      .map((of) => ({ type: "odd", of })),
    seq(expression, comparison, expression).map(([left, by, right]) => ({ type: "compare", by, left, right })),
  ]),
);

// statements: a statement may be empty, so "end" may follow a ";"

const some: Parser<Statement> = choice([
  seq(name, symbol(":="), expression).map(([target, , value]) => ({ type: "assign", name: target, value })),
  word("call")
    .skipL(name)
    .map((target) => ({ type: "call", name: target })),
  symbol("?")
    .skipL(name)
    .map((target) => ({ type: "read", name: target })),
  symbol("!")
    .skipL(expression)
    .map((value) => ({ type: "write", value })),
  between(
    word("begin"),
    sepBy1(
      lazy(() => statement),
      symbol(";"),
    ),
    word("end"),
  ).map((statements) => ({ type: "sequence", statements })),
  seq(word("if").skipL(condition), word("then").skipL(lazy(() => statement))).map(([test, body]) => ({
    type: "if",
    condition: test,
    body,
  })),
  seq(word("while").skipL(condition), word("do").skipL(lazy(() => statement))).map(([test, body]) => ({
    type: "while",
    condition: test,
    body,
  })),
]);
const statement: Parser<Statement> = rule("statement", opt(label("statement", some), { type: "empty" } as const));

// blocks

const constant = seq(name, symbol("="), number).map(([text, , value]) => ({ name: text, value }));
const procedure = seq(word("procedure").skipL(name).skipR(symbol(";")), lazy(() => block).skipR(symbol(";"))).map(
  ([text, inner]) => ({ name: text, block: inner }),
);
const block: Parser<Block> = rule(
  "block",
  seq(
    opt(
      word("const")
        .skipL(sepBy1(constant, symbol(",")))
        .skipR(symbol(";")),
      [],
    ),
    opt(
      word("var")
        .skipL(sepBy1(name, symbol(",")))
        .skipR(symbol(";")),
      [],
    ),
    rule("procedure", procedure).many(),
    statement,
  ),
).map(([constants, variables, procedures, body]) => ({ constants, variables, procedures, body }));

/** A whole program. */
export const program: Parser<Block> = lexeme(ok(undefined)).skipL(block).skipR(symbol(".")).withSpace(space);
