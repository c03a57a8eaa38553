// Random grammars as data: a plan can be shrunk, printed as code, walked for inputs, and built into a parser.
import * as grammar from "../../src/grammar/make.ts";
import { nodeOf } from "../../src/grammar/parser.ts";
import * as s from "../../src/index.ts";
import * as lex from "../../src/lex/index.ts";
import { doubles, runOfAs } from "./own-leaves.ts";

type Any = s.Parser<unknown, unknown>;

/** A combinator by name, with what it takes. */
export type Plan =
  | { readonly k: "text"; readonly text: string }
  | { readonly k: "oneOf" | "noneOf" | "takeWhile" | "takeWhile1"; readonly chars: string }
  | { readonly k: "takeUntil"; readonly text: string }
  | { readonly k: "ok" | "turn"; readonly value: number }
  | { readonly k: "fail"; readonly message: string | undefined }
  | { readonly k: "eof" | "anyChar" | "identifier" | "cutHere" | "position" | "doubles" | "runOfAs" | "turned" }
  | { readonly k: "ref"; readonly rule: number; readonly guard: string }
  | { readonly k: "seq" | "choice"; readonly of: readonly Plan[] }
  | { readonly k: UnaryName; readonly p: Plan }
  | { readonly k: "label" | "rule"; readonly name: string; readonly p: Plan }
  | { readonly k: "repeat"; readonly p: Plan; readonly min: number; readonly max: number | undefined }
  | { readonly k: BinaryName; readonly p: Plan; readonly q: Plan }
  | { readonly k: "between" | "delimited" | "eachSepEnd"; readonly p: Plan; readonly q: Plan; readonly r: Plan }
  | { readonly k: "andThen"; readonly p: Plan; readonly even: Plan; readonly odd: Plan }
  | { readonly k: "again"; readonly chars: string };

export const UNARY = [
  "tag",
  "as",
  "opt",
  "many",
  "many1",
  "skipMany",
  "attempt",
  "cut",
  "lookahead",
  "notFollowedBy",
  "spanned",
  "slice",
  "emit",
  "each",
  "lexeme",
] as const;
export const BINARY = ["skipL", "skipR", "sepBy", "sepBy1", "sepEndBy", "manyTill", "eachSep", "eachEnd"] as const;
export type UnaryName = (typeof UNARY)[number];
export type BinaryName = (typeof BINARY)[number];

/** The first rule is where parsing starts; each may refer to any, after a fixed character. */
export interface GrammarPlan {
  readonly rules: readonly Plan[];
}

/** How long, or how many: what `andThen` decides on. */
function sizeOf(value: unknown): number {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return typeof value === "number" ? value : 0;
}

/** Adds a digit to the state of the run. */
function turn(digit: number): Any {
  const added = grammar.refine(nodeOf(s.ok(digit)), (value, site) => {
    site.become(`${site.state ?? ""}${value}`);
    return value;
  });
  return s.Parser.of(added);
}

/** The state of the run. */
const turned: Any = s.Parser.of(grammar.refine(nodeOf(s.ok(null)), (_, site) => site.state ?? ""));

/** The parser of the first rule. */
export function build(plan: GrammarPlan): Any {
  const rules: Any[] = plan.rules.map((rule) => make(rule));
  return rules[0] ?? s.fail();

  function all(plans: readonly Plan[]): Any[] {
    return plans.map((one) => make(one));
  }

  function make(p: Plan): Any {
    switch (p.k) {
      case "text":
        return lex.string(p.text);
      case "oneOf":
        return lex.oneOf(p.chars);
      case "noneOf":
        return lex.noneOf(p.chars);
      case "takeWhile":
        return lex.takeWhile(p.chars);
      case "takeWhile1":
        return lex.takeWhile1(p.chars);
      case "takeUntil":
        return lex.takeUntil(p.text);
      case "ok":
        return s.ok(p.value);
      case "fail":
        return s.fail(p.message);
      case "turn":
        return turn(p.value);
      case "turned":
        return turned;
      case "eof":
        return s.eof;
      case "anyChar":
        return lex.anyChar;
      case "cutHere":
        return s.cutHere();
      case "position":
        return s.position;
      case "doubles":
        return doubles;
      case "runOfAs":
        return runOfAs;
      case "identifier":
        return lex.identifier;
      case "ref": {
        const { rule } = p;
        return s.skipL(
          lex.string(p.guard),
          s.lazy(() => rules[rule % rules.length] ?? s.fail()),
        );
      }
      case "seq":
        return s.seq(...all(p.of));
      case "choice":
        return s.choice(all(p.of));
      case "tag":
        return s.map(make(p.p), (value) => ({ tagged: value }));
      case "as":
        return s.as(make(p.p), "as");
      case "opt":
        return s.opt(make(p.p), null);
      case "many":
        return s.many(make(p.p));
      case "many1":
        return s.many1(make(p.p));
      case "skipMany":
        return s.skipMany(make(p.p));
      case "attempt":
        return s.attempt(make(p.p));
      case "cut":
        return s.cut(make(p.p));
      case "lookahead":
        return s.lookahead(make(p.p));
      case "notFollowedBy":
        return s.notFollowedBy(make(p.p));
      case "spanned":
        return s.spanned(make(p.p));
      case "slice":
        return s.slice(make(p.p));
      case "emit":
        return s.emit(make(p.p));
      case "each":
        return s.each(make(p.p));
      case "lexeme":
        return lex.lexeme(make(p.p), lex.takeWhile(" "));
      case "label":
        return s.label(p.name, make(p.p));
      case "rule":
        return s.rule(p.name, make(p.p));
      case "repeat":
        return p.max === undefined ? s.repeat(make(p.p), p.min) : s.repeat(make(p.p), p.min, p.max);
      case "skipL":
        return s.skipL(make(p.p), make(p.q));
      case "skipR":
        return s.skipR(make(p.p), make(p.q));
      case "sepBy":
        return s.sepBy(make(p.p), make(p.q));
      case "sepBy1":
        return s.sepBy1(make(p.p), make(p.q));
      case "sepEndBy":
        return s.sepEndBy(make(p.p), make(p.q));
      case "manyTill":
        return s.manyTill(make(p.p), make(p.q));
      case "eachSep":
        return s.each(make(p.p), { sep: make(p.q) });
      case "eachEnd":
        return s.each(make(p.p), { end: make(p.q) });
      case "eachSepEnd":
        return s.each(make(p.p), { sep: make(p.q), end: make(p.r) });
      case "between":
        return s.between(make(p.p), make(p.q), make(p.r));
      case "delimited":
        return s.delimited(make(p.p), make(p.q), make(p.r));
      case "andThen": {
        const [even, odd] = [make(p.even), make(p.odd)];
        return s.andThen(make(p.p), (value): Any => (sizeOf(value) % 2 === 0 ? even : odd));
      }
      case "again":
        return s.andThen(lex.oneOf(p.chars), (char): Any => lex.string(char));
    }
  }
}

/** The plan as code, a rule a line. */
export function listingOf(plan: GrammarPlan): string {
  return plan.rules.map((rule, i) => `r${i} = ${code(rule)}`).join("\n");
}

function code(p: Plan): string {
  const list = (plans: readonly Plan[]): string => plans.map(code).join(", ");
  switch (p.k) {
    case "text":
      return `string(${JSON.stringify(p.text)})`;
    case "oneOf":
    case "noneOf":
    case "takeWhile":
    case "takeWhile1":
    case "again":
      return `${p.k}(${JSON.stringify(p.chars)})`;
    case "takeUntil":
      return `${p.k}(${JSON.stringify(p.text)})`;
    case "ok":
      return `ok(${p.value})`;
    case "turn":
      return `turn(${p.value})`;
    case "fail":
      return `fail(${p.message === undefined ? "" : JSON.stringify(p.message)})`;
    case "cutHere":
      return "cutHere()";
    case "eof":
    case "anyChar":
    case "identifier":
    case "position":
    case "doubles":
    case "runOfAs":
    case "turned":
      return p.k;
    case "ref":
      return `string(${JSON.stringify(p.guard)}).skipL(r${p.rule})`;
    case "seq":
      return `seq(${list(p.of)})`;
    case "choice":
      return `choice([${list(p.of)}])`;
    case "label":
    case "rule":
      return `${p.k}(${JSON.stringify(p.name)}, ${code(p.p)})`;
    case "repeat":
      return `repeat(${code(p.p)}, ${p.min}, ${p.max ?? ""})`;
    case "lexeme":
      return `lexeme(${code(p.p)}, takeWhile(" "))`;
    case "eachSep":
      return `each(${code(p.p)}, { sep: ${code(p.q)} })`;
    case "eachEnd":
      return `each(${code(p.p)}, { end: ${code(p.q)} })`;
    case "eachSepEnd":
      return `each(${code(p.p)}, { sep: ${code(p.q)}, end: ${code(p.r)} })`;
    case "between":
    case "delimited":
      return `${p.k}(${list([p.p, p.q, p.r])})`;
    case "andThen":
      return `andThen(${code(p.p)}, (v) => sizeOf(v) % 2 === 0 ? ${code(p.even)} : ${code(p.odd)})`;
    default:
      return "q" in p ? `${p.k}(${list([p.p, p.q])})` : `${p.k}(${code(p.p)})`;
  }
}
