// Random grammars as data: a plan can be shrunk, printed as code, walked for inputs, and built into a parser.
import * as make from "../../src/grammar/make.ts";
import { nodeOf, Parser } from "../../src/grammar/parser.ts";
import { Refusal, type Site } from "../../src/grammar/problem.ts";
import * as s from "../../src/index.ts";
import * as bin from "../../src/lex/binary/index.ts";
import * as lex from "../../src/lex/index.ts";
import { doubles, runOfAs } from "./own-leaves.ts";

type Any = s.Parser<unknown, unknown>;

/** A combinator by name, with what it takes. */
export type Plan =
  | { readonly k: "text"; readonly text: string }
  | { readonly k: "oneOf" | "noneOf" | "takeWhile" | "takeWhile1"; readonly chars: string }
  | { readonly k: "takeUntil"; readonly text: string }
  | { readonly k: "regex"; readonly pattern: RegExp }
  | { readonly k: "ok" | "turn"; readonly value: number }
  | { readonly k: "fail"; readonly message: string | undefined }
  | { readonly k: "symbol" | "word"; readonly text: string }
  | { readonly k: "raise"; readonly code: string }
  | { readonly k: "joined"; readonly chars: string; readonly text: string }
  | { readonly k: "eof" | "anyChar" | "identifier" | "cutHere" | "position" | "doubles" | "runOfAs" | "turned" }
  | { readonly k: "ref"; readonly rule: number; readonly guard: string }
  | { readonly k: "seq" | "choice"; readonly of: readonly Plan[] }
  | { readonly k: UnaryName; readonly p: Plan }
  | { readonly k: "label" | "rule" | "expect" | "frame" | "leaf"; readonly name: string; readonly p: Plan }
  | { readonly k: "count"; readonly p: Plan; readonly n: number }
  | { readonly k: "refine"; readonly p: Plan; readonly keepsText: boolean }
  | { readonly k: "record"; readonly p: Plan; readonly sep: string }
  | { readonly k: "repeat"; readonly p: Plan; readonly min: number; readonly max: number | undefined }
  | { readonly k: "recover"; readonly p: Plan; readonly q: Plan; readonly skips: boolean }
  | { readonly k: BinaryName; readonly p: Plan; readonly q: Plan }
  | { readonly k: "between" | "delimited" | "eachSepEnd"; readonly p: Plan; readonly q: Plan; readonly r: Plan }
  | { readonly k: "andThen"; readonly p: Plan; readonly even: Plan; readonly odd: Plan }
  | { readonly k: "again"; readonly chars: string }
  | { readonly k: "within"; readonly length: number; readonly p: Plan }
  | { readonly k: "lengthCount" | "lengthValue"; readonly n: Plan; readonly p: Plan; readonly max: number | undefined }
  | { readonly k: "decode"; readonly p: Plan; readonly q: Plan | undefined }
  | BytePlan;

/** What reads bytes only. */
type BytePlan =
  | { readonly k: "bytes"; readonly expected: readonly number[] }
  | { readonly k: NumberName | "bits" | "sized" }
  | { readonly k: "takeBytes" | "utf8"; readonly n: number }
  | { readonly k: "lengthPrefixed"; readonly max: number | undefined };

type NumberName = "uint8" | "uint16be" | "uint16le" | "int32be" | "float32le" | "uint64be" | "uleb128" | "sleb128";

const numbers: Readonly<Record<NumberName, s.Parser<number | bigint>>> = {
  uint8: bin.uint8,
  uint16be: bin.uint16be,
  uint16le: bin.uint16le,
  int32be: bin.int32be,
  float32le: bin.float32le,
  uint64be: bin.uint64be,
  uleb128: bin.uleb128,
  sleb128: bin.sleb128,
};
export const NUMBERS: readonly NumberName[] = Object.keys(numbers) as NumberName[];

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
  "sliceBytes",
  "emit",
  "each",
  "lexeme",
  "noted",
  "token",
  "trivia",
  "checkpoint",
  "doc",
  "skipMany1",
  "trace",
  "fold",
  "verify",
  "seqObject",
] as const;
export const BINARY = [
  "skipL",
  "skipR",
  "sepBy",
  "sepBy1",
  "sepEndBy",
  "manyTill",
  "eachSep",
  "eachEnd",
  "chainl1",
  "chainr1",
  "withSpace",
] as const;
type UnaryName = (typeof UNARY)[number];
type BinaryName = (typeof BINARY)[number];

/** The first rule is where parsing starts; each may refer to any, after a fixed character. */
export interface GrammarPlan {
  readonly rules: readonly Plan[];
}

/** Space with comments in it, which nest. */
const notes = lex.trivia({ line: ["é"], block: [{ start: "[", end: "]", nested: true }], space: " " });

/** How long, or how many: what `andThen` decides on. */
function sizeOf(value: unknown): number {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return typeof value === "number" ? value : 0;
}

/** Refuses what has a size of 3, warns of what has a size of 2, and says where the rest stood. */
function judged(value: unknown, site: Site): unknown {
  const size = sizeOf(value);
  if (size === 2) site.warn({ code: "W2", message: "two" });
  return size === 3
    ? new Refusal({ code: "R3", message: "three" })
    : { value, from: { offset: site.start }, to: { offset: site.end } };
}

/** A length that is refused only when its first byte was read long ago. */
const sumOfTwo: s.Parser<number> = s.map(s.seq(bin.uint8, bin.uint8), ([first, second]) => first + second);

/** Understands no text of two units. */
function decoded(text: string): unknown {
  if (text.length === 2) throw new Error("two");
  return { decoded: text };
}

const pairing = (left: unknown, right: unknown): unknown => [left, right];

/** Adds a digit to the state of the run. */
function turn(digit: number): Any {
  const added = make.refine(nodeOf(s.ok(digit)), (value, site) => {
    site.setState(`${site.state ?? ""}${value}`);
    return value;
  });
  return Parser.of(added);
}

/** The state of the run. */
const turned: Any = Parser.of(make.refine(nodeOf(s.ok(null)), (_, site) => site.state ?? ""));

/** The parser of the first rule. */
export function build(plan: GrammarPlan): Any {
  const rules: Any[] = plan.rules.map((rule) => parserOf(rule));
  return rules[0] ?? s.fail();

  function all(plans: readonly Plan[]): Any[] {
    return plans.map((one) => parserOf(one));
  }

  function parserOf(p: Plan): Any {
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
      case "regex":
        return lex.regex(p.pattern);
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
      case "symbol":
        return lex.symbol(p.text);
      case "word": {
        const end = make.choice([
          make.notFollowedBy(nodeOf(lex.oneOf("ab"))),
          make.raise({ code: "E1203", message: "together" }),
        ]);
        return Parser.of(make.leaf(p.text, "keyword", make.pick(0, make.text(p.text), end)));
      }
      case "raise":
        return Parser.of(make.raise({ code: p.code, message: p.code }));
      case "joined":
        return s.concat(s.many(s.choice([lex.takeWhile1(p.chars), s.as(lex.string(p.text), "!")])));
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
        return s.map(parserOf(p.p), (value) => ({ tagged: value }));
      case "as":
        return s.as(parserOf(p.p), "as");
      case "opt":
        return s.opt(parserOf(p.p), null);
      case "many":
        return s.many(parserOf(p.p));
      case "many1":
        return s.many1(parserOf(p.p));
      case "skipMany":
        return s.skipMany(parserOf(p.p));
      case "attempt":
        return s.attempt(parserOf(p.p));
      case "cut":
        return s.cut(parserOf(p.p));
      case "lookahead":
        return s.lookahead(parserOf(p.p));
      case "notFollowedBy":
        return s.notFollowedBy(parserOf(p.p));
      case "spanned":
        return s.spanned(parserOf(p.p));
      case "slice":
        return s.slice(parserOf(p.p));
      case "sliceBytes":
        return s.sliceBytes(parserOf(p.p));
      case "emit":
        return s.emit(parserOf(p.p));
      case "each":
        return s.each(parserOf(p.p));
      case "lexeme":
        return lex.lexeme(parserOf(p.p), lex.takeWhile(" "));
      case "token":
        return lex.lexeme(parserOf(p.p));
      case "trivia":
        return Parser.of(make.trivia(make.skip(nodeOf(parserOf(p.p)))));
      case "checkpoint":
        return s.checkpoint(parserOf(p.p));
      case "doc":
        return s.withDoc(parserOf(p.p), "words");
      case "skipMany1":
        return s.skipMany1(parserOf(p.p));
      case "count":
        return s.count(parserOf(p.p), p.n);
      case "refine":
        return Parser.of(make.refine(nodeOf(parserOf(p.p)), judged, p.keepsText));
      case "record": {
        const member = s.separatedPair(lex.takeWhile1("abé"), lex.string(","), parserOf(p.p));
        return s.map(s.sepBy(member, lex.string(p.sep)), (members) => Object.fromEntries(members));
      }
      case "expect":
        return s.expect(p.name, parserOf(p.p));
      case "frame":
        return s.frame(p.name, parserOf(p.p));
      case "leaf":
        return Parser.of(make.leaf(p.name, "token", nodeOf(parserOf(p.p))));
      case "chainl1":
        return s.chainl1(parserOf(p.p), s.as(parserOf(p.q), pairing));
      case "chainr1":
        return s.chainr1(parserOf(p.p), s.as(parserOf(p.q), pairing));
      case "withSpace":
        return parserOf(p.p).withSpace(parserOf(p.q));
      case "noted":
        return lex.lexeme(parserOf(p.p), notes);
      case "trace":
        return s.trace(parserOf(p.p), "t");
      case "recover": {
        const nodes = [nodeOf(parserOf(p.p)), nodeOf(parserOf(p.q))] as const;
        return Parser.of(make.recover(...nodes, "recovered", { kind: "default" }, p.skips));
      }
      case "label":
        return s.label(p.name, parserOf(p.p));
      case "rule":
        return s.rule(p.name, parserOf(p.p));
      case "repeat":
        return p.max === undefined ? s.repeat(parserOf(p.p), p.min) : s.repeat(parserOf(p.p), p.min, p.max);
      case "skipL":
        return s.skipL(parserOf(p.p), parserOf(p.q));
      case "skipR":
        return s.skipR(parserOf(p.p), parserOf(p.q));
      case "sepBy":
        return s.sepBy(parserOf(p.p), parserOf(p.q));
      case "sepBy1":
        return s.sepBy1(parserOf(p.p), parserOf(p.q));
      case "sepEndBy":
        return s.sepEndBy(parserOf(p.p), parserOf(p.q));
      case "manyTill":
        return s.manyTill(parserOf(p.p), parserOf(p.q));
      case "eachSep":
        return s.each(parserOf(p.p), { sep: parserOf(p.q) });
      case "eachEnd":
        return s.each(parserOf(p.p), { end: parserOf(p.q) });
      case "eachSepEnd":
        return s.each(parserOf(p.p), { sep: parserOf(p.q), end: parserOf(p.r) });
      case "between":
        return s.between(parserOf(p.p), parserOf(p.q), parserOf(p.r));
      case "delimited":
        return s.delimited(parserOf(p.p), parserOf(p.q), parserOf(p.r));
      case "andThen": {
        const [even, odd] = [parserOf(p.even), parserOf(p.odd)];
        return s.andThen(parserOf(p.p), (value): Any => (sizeOf(value) % 2 === 0 ? even : odd));
      }
      case "within":
        return Parser.of(make.within(p.length, nodeOf(parserOf(p.p))));
      case "lengthCount":
        return s.lengthCount(s.map(parserOf(p.n), sizeOf), parserOf(p.p), p.max);
      case "lengthValue":
        return s.lengthValue(s.map(parserOf(p.n), sizeOf), parserOf(p.p), p.max);
      case "decode":
        return s.decode<unknown, unknown>(parserOf(p.p), decoded, p.q && parserOf(p.q));
      case "fold":
        return s.fold(
          parserOf(p.p),
          () => "",
          (sum, value) => `${sum}${sizeOf(value)}`,
        );
      case "verify":
        return s.verify(parserOf(p.p), (value) => sizeOf(value) !== 2, "two");
      case "seqObject":
        return s.seqObject(["value", parserOf(p.p)]);
      case "bytes":
        return bin.bytes(p.expected);
      case "uint8":
      case "uint16be":
      case "uint16le":
      case "int32be":
      case "float32le":
      case "uint64be":
      case "uleb128":
      case "sleb128":
        return numbers[p.k];
      case "bits":
        return bin.bits(1, 3, 12);
      case "sized":
        return s.andThen(bin.uint8, (n): Any => bin.takeBytes(n % 3));
      case "takeBytes":
        return bin.takeBytes(p.n);
      case "utf8":
        return bin.utf8(p.n);
      case "lengthPrefixed":
        return p.max === undefined ? bin.lengthPrefixed(bin.uint8) : bin.lengthPrefixed(sumOfTwo, p.max);
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
    case "symbol":
    case "word":
      return `${p.k}(${JSON.stringify(p.text)})`;
    case "raise":
      return `raise(${JSON.stringify(p.code)})`;
    case "joined":
      return `concat(many(choice([takeWhile1(${JSON.stringify(p.chars)}), ${JSON.stringify(p.text)}])))`;
    case "count":
      return `count(${code(p.p)}, ${p.n})`;
    case "refine":
      return `refine(${code(p.p)}, judged, ${p.keepsText})`;
    case "record":
      return `record(${code(p.p)}, ${JSON.stringify(p.sep)})`;
    case "regex":
      return `${p.k}(${p.pattern})`;
    case "ok":
      return `ok(${p.value})`;
    case "turn":
      return `turn(${p.value})`;
    case "fail":
      return `fail(${p.message === undefined ? "" : JSON.stringify(p.message)})`;
    case "cutHere":
      return "cutHere()";
    case "within":
      return `within(${p.length}, ${code(p.p)})`;
    case "lengthCount":
    case "lengthValue":
      return `${p.k}(${code(p.n)}.map(sizeOf), ${code(p.p)}, ${p.max ?? ""})`;
    case "decode":
      return `decode(${code(p.p)}, decoded, ${p.q === undefined ? "" : code(p.q)})`;
    case "fold":
      return `fold(${code(p.p)}, () => "", (sum, value) => sum + sizeOf(value))`;
    case "verify":
      return `verify(${code(p.p)}, (value) => sizeOf(value) !== 2, "two")`;
    case "bytes":
      return `bytes(${JSON.stringify(p.expected)})`;
    case "bits":
      return "bits(1, 3, 12)";
    case "sized":
      return "andThen(uint8, (n) => takeBytes(n % 3))";
    case "takeBytes":
    case "utf8":
      return `${p.k}(${p.n})`;
    case "lengthPrefixed":
      return p.max === undefined ? "lengthPrefixed(uint8)" : `lengthPrefixed(sumOfTwo, ${p.max})`;
    case "uint8":
    case "uint16be":
    case "uint16le":
    case "int32be":
    case "float32le":
    case "uint64be":
    case "uleb128":
    case "sleb128":
      return p.k;
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
    case "expect":
    case "frame":
    case "leaf":
      return `${p.k}(${JSON.stringify(p.name)}, ${code(p.p)})`;
    case "repeat":
      return `repeat(${code(p.p)}, ${p.min}, ${p.max ?? ""})`;
    case "trace":
      return `trace(${code(p.p)}, "t")`;
    case "recover":
      return `${p.skips ? "recover" : "recoverHere"}(${list([p.p, p.q])})`;
    case "lexeme":
      return `lexeme(${code(p.p)}, takeWhile(" "))`;
    case "noted":
      return `lexeme(${code(p.p)}, notes)`;
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
