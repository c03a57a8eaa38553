// Random tables of operators, random expressions: the value is the expression with all its parentheses, as a naive climber
// has it.
import test from "ava";
import fc from "fast-check";
import { between, choice, lazy, type Parser, run } from "../../src/index.ts";
import { int10, lexeme, symbol } from "../../src/lex/index.ts";
import { OpBuilder, precedence } from "../../src/op/index.ts";
import { everyWay } from "../_chunks.ts";
import { type Random, seeded } from "../_random.ts";
import { size } from "../_size.ts";
import { climb, type Fixity, type Table } from "./_climber.ts";

type Row = Table[number];

const rows: readonly Row[] = [
  { fixity: "prefix", operators: ["-", "~"] },
  { fixity: "prefix", operators: ["not", "!!"] },
  { fixity: "postfix", operators: ["!", "++"] },
  { fixity: "postfix", operators: ["'"] },
  { fixity: "infixl", operators: ["+", "-"] },
  { fixity: "infixl", operators: ["*", "/", "**"] },
  { fixity: "infixl", operators: ["and"] },
  { fixity: "infixr", operators: ["^", "->"] },
  { fixity: "infixr", operators: ["=", "=>"] },
  { fixity: "infixn", operators: ["<", "<=", "=="] },
  { fixity: "infixn", operators: ["<<", "<>"] },
  { fixity: "ternary", operators: ["?", ":"] },
  { fixity: "ternary", operators: ["if", "else"] },
];

/** An expression over a table, as tokens; now and then one token is lost. */
function expressionOver(table: Table, random: Random): string[] {
  const of = (...fixities: Fixity[]): string[] =>
    table.filter(({ fixity }) => fixities.includes(fixity)).flatMap(({ operators }) => operators);
  const [before, behind, between] = [of("prefix"), of("postfix"), of("infixl", "infixr", "infixn")];
  const ternary = table.filter(({ fixity }) => fixity === "ternary");
  const some = (from: readonly string[]): string[] => {
    const found: string[] = [];
    while (from.length > 0 && random.oneIn(3)) found.push(random.pick(from));
    return found;
  };
  const term = (depth: number): string[] => {
    const atom = depth > 0 && random.oneIn(6) ? ["(", ...row(depth - 1), ")"] : [String(random.below(10))];
    return [...some(before), ...atom, ...some(behind)];
  };
  const joint = (depth: number): string[] => {
    const choice = depth > 0 && ternary.length > 0 && (between.length === 0 || random.oneIn(4));
    if (!choice) return between.length === 0 ? [] : [random.pick(between)];
    const [head = "", mid = ""] = random.pick(ternary).operators;
    return [head, ...row(depth - 1), mid];
  };
  const row = (depth: number): string[] => {
    const tokens = term(depth);
    for (let more = random.below(5); more > 0; more -= 1) {
      const found = joint(depth);
      if (found.length > 0) tokens.push(...found, ...term(depth));
    }
    return tokens;
  };
  const tokens = row(2);
  if (random.oneIn(8)) tokens.splice(random.below(tokens.length), 1);
  return tokens;
}

const cases = fc
  .tuple(fc.shuffledSubarray([...rows], { minLength: 1, maxLength: 7 }), fc.nat())
  .map(([table, seed]) => [table, expressionOver(table, seeded(seed))] as const);

const around = (expression: () => Parser<string>): Parser<string> =>
  choice([lexeme(int10), between(symbol("("), lazy(expression), symbol(")"))]);
const one = (text: string) => symbol(text).as((x: string) => `(${text}${x})`);
const behind = (text: string) => symbol(text).as((x: string) => `(${x}${text})`);
const two = (text: string) => symbol(text).as((a: string, b: string) => `(${a}${text}${b})`);

function byParsers(table: Table): Parser<string> {
  let builder = precedence(around(() => whole));
  for (const { fixity, operators } of table) {
    builder = builder.level((level) => {
      if (fixity === "ternary") {
        const [head = "", mid = ""] = operators;
        const build = (c: string, a: string, b: string): string => `(${c}${head}${a}${mid}${b})`;
        return level.ternary({ head: symbol(head), mid: symbol(mid), build });
      }
      if (fixity === "prefix") return operators.reduce((l, text) => l.prefix(one(text)), level);
      if (fixity === "postfix") return operators.reduce((l, text) => l.postfix(behind(text)), level);
      return operators.reduce((l, text) => l[fixity](two(text)), level);
    });
  }
  const whole: Parser<string> = builder.build();
  return whole;
}

function byData(table: Table): Parser<string> {
  const names = {
    prefix: "prefix",
    postfix: "postfix",
    infixl: "infixLeft",
    infixr: "infixRight",
    infixn: "infixNon",
  } as const;
  let builder = new OpBuilder();
  for (const [i, { fixity, operators }] of table.entries()) {
    if (fixity !== "ternary") builder = builder.level(-i, names[fixity], operators);
  }
  const whole: Parser<string> = builder.build(
    around(() => whole),
    ({ operator, fixity, operands }) => {
      if (operands.length === 2) return `(${operands.join(operator)})`;
      return fixity === "prefix" ? `(${operator}${operands[0]})` : `(${operands[0]}${operator})`;
    },
  );
  return whole;
}

/** What a parser makes of tokens: the value, or the code of the error. */
function outcome(parser: Parser<string>, tokens: readonly string[]): string {
  const result = run(parser, tokens.join(" "));
  return result.ok ? result.value : (result.diagnostics[0]?.code ?? "?");
}

/** What the climber makes of them. Where they have other faults too, either may be the error. */
function expected(tokens: readonly string[], table: Table): RegExp | string {
  const climbed = climb(tokens, table);
  if ("value" in climbed) return climbed.value;
  if (climbed.error === "syntax") return "E1001";
  const lenient = table.map((row): Row => (row.fixity === "infixn" ? { ...row, fixity: "infixl" } : row));
  return "value" in climb(tokens, lenient) ? "E2001" : /^E[12]001$/;
}

function compare(parser: Parser<string>, tokens: readonly string[], table: Table): void {
  const wanted = expected(tokens, table);
  const found = outcome(parser, tokens);
  if (typeof wanted === "string" ? found !== wanted : !wanted.test(found)) {
    throw new Error(`${tokens.join(" ")} gives ${found}, not ${wanted}`);
  }
}

test("a parser of levels groups as the climber does", (t) => {
  const seen = new Map<string, number>();
  const property = fc.property(cases, ([table, tokens]) => {
    compare(byParsers(table), tokens, table);
    const kind = /^E\d|\^E/.exec(String(expected(tokens, table)))?.input ?? "value";
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
  });
  fc.assert(property, { numRuns: size(200, 2000), seed: 5 });
  for (const kind of ["value", "E2001", "E1001"])
    t.true((seen.get(kind) ?? 0) > size(10, 100), JSON.stringify([...seen]));
});

test("a table of data groups as the climber does", (t) => {
  fc.assert(
    fc.property(cases, fc.nat(), ([all], seed) => {
      const table = all.filter(({ fixity }) => fixity !== "ternary");
      compare(byData(table), expressionOver(table, seeded(seed)), table);
    }),
    { numRuns: size(100, 1000), seed: 7 },
  );
  t.pass();
});

test("chunks change nothing", (t) => {
  for (const [table, tokens] of fc.sample(cases, { numRuns: size(10, 100), seed: 11 })) {
    everyWay(t, byParsers(table), tokens.join(" "));
  }
});

test("the parentheses that a fix-it adds fix the expression, or leave one fault less", (t) => {
  let fixed = 0;
  for (const [table, tokens] of fc.sample(cases, { numRuns: size(500, 3000), seed: 13 })) {
    if (expected(tokens, table) !== "E2001") continue;
    const parser = byParsers(table);
    let text = tokens.join(" ");
    for (let faults = 0; ; faults += 1) {
      const result = run(parser, text);
      if (result.ok) break;
      const [diagnostic] = result.diagnostics;
      t.is(diagnostic?.code, "E2001", text);
      t.true(faults < tokens.length, text);
      const [open, close] = diagnostic?.fixits ?? [];
      if (open === undefined || close === undefined || faults >= tokens.length) break;
      const [from, to] = [open.span.start.offset, close.span.start.offset];
      text = `${text.slice(0, from)}${open.insert}${text.slice(from, to)}${close.insert}${text.slice(to)}`;
    }
    fixed += 1;
  }
  t.true(fixed > size(10, 75), String(fixed));
});
