// The naive twin of the engine: plain recursion over the whole input, straight from the rules in the semantics. It is
// slow, uses the native stack and shares nothing with the engine but the nodes a parser is made of, and what of them can
// be skipped.
import { Analysis } from "../../../src/compile/facts/analysis.ts";
import { expectedAt } from "../../../src/compile/facts/expected.ts";
import { textsIn } from "../../../src/compile/facts/fixed-texts.ts";
import { Skips } from "../../../src/compile/facts/skips.ts";
import { resolveSpaces } from "../../../src/compile/rewrite/spaces.ts";
import { bodyOf, type Node, type NodeOf, type RepeatNode } from "../../../src/grammar/node.ts";
import { nodeOf } from "../../../src/grammar/parser.ts";
import { type Problem, Refusal } from "../../../src/grammar/problem.ts";
import type { OpenBracket } from "./brackets.ts";
import { Warned } from "./emissions.ts";
import {
  bytesSaid,
  COUNTED,
  character,
  fixed,
  hex,
  longest,
  passed,
  primitive,
  read,
  span,
  take,
  takeCount,
  until,
} from "./leaves.ts";
import { innermost, named, nothingAt } from "./record.ts";
import { type Change, recovering, reportAt, reportOf, type TwinReport } from "./report.ts";
import { unitsOf, WholeInput } from "./source.ts";
import { FAILED, Fatal, good, NOTHING, type Reply, State } from "./state.ts";

export interface TwinOptions {
  readonly requireEof: boolean;
  readonly binary?: boolean;
  /** Nodes the twin may run before it gives up with {@link TwinTired}: a random grammar may be exponential. */
  readonly budget?: number;
  /** Whether the run recovers. */
  readonly recovers?: boolean;
  /** Whether the run records what succeeds. */
  readonly traces?: boolean;
  /** No function of the user is called: whatever its value is, its parser succeeds. {@link TwinTired} where that is not enough. */
  readonly silent?: boolean;
}

export interface TwinFailure {
  /** The farthest failure, or where the run ended when nothing was recorded. */
  readonly offset: number;
  /** Sorted, as `token:a`, `class:a-z`, `eof`, `rule:name`, `not`, `custom:message`, `keyword:if`. */
  readonly expected: readonly string[];
  /** Of what is fatal (`E3001`, `E4001`), and of what was last found wrong at that offset. */
  readonly code?: string;
  /** Innermost first, at most eight. */
  readonly context: readonly string[];
  readonly report: TwinReport;
}

export interface TwinResult {
  readonly ok: boolean;
  readonly value?: unknown;
  /** Where parsing ended; on failure, where the failing reply stood. */
  readonly end: number;
  readonly consumed: boolean;
  readonly committed: boolean;
  readonly failure?: TwinFailure;
  /** The failure record, also of a success; `offset` is -1 when nothing failed anywhere. */
  readonly farthest: { readonly offset: number; readonly expected: readonly string[] };
  readonly emitted: readonly unknown[];
  readonly warnings: readonly Problem[];
  /** What was recovered from, in order. */
  readonly recovered: readonly TwinRecovery[];
  /** Successes of what is traced, if the run traces. */
  readonly traced: readonly Readonly<TwinStep>[];
  /** What it would be, whatever the functions of the user say, if texts were inserted or taken out. */
  changed(changes: readonly Change[]): TwinResult | undefined;
  /** How many units of a text stand where it failed. */
  agreed(text: string): number;
  /** Whether no word goes on behind those. */
  isCutShort(text: string): boolean;
  /** All fixed texts of the grammar. */
  readonly texts: readonly string[];
}

/** A success of something that is traced, and from where to where it read. It travels among what is emitted. */
class TwinStep {
  readonly name: string;
  readonly start: number;
  readonly end: number;

  constructor(name: string, start: number, end: number) {
    this.name = name;
    this.start = start;
    this.end = end;
  }
}

export interface TwinRecovery {
  readonly offset: number;
  readonly expected: readonly string[];
  readonly context: readonly string[];
  /** How far on parsing went on. */
  readonly units: number;
  readonly report: TwinReport;
}

/** Where a `recover` stands: rows and recoveries are numbered as they are entered. */
interface Place {
  /** The innermost row around it. */
  readonly row: number;
  readonly number: number;
}

/** What is left to be skipped. */
type Rest = (() => Reply)[];

const knownSkippable = new WeakMap<Node, Map<Node | undefined, { readonly node: Node; readonly skips: Skips }>>();

/** A parser in which each space is what is in force there, and what of it can be skipped. */
function skippable(p: Node, space: Node | undefined): { readonly node: Node; readonly skips: Skips } {
  const bySpace = knownSkippable.get(p) ?? new Map();
  knownSkippable.set(p, bySpace);
  let known = bySpace.get(space);
  if (known === undefined) {
    const node = resolveSpaces(p, undefined, space);
    known = { node, skips: new Skips(new Analysis(node)) };
    bySpace.set(space, known);
  }
  return known;
}

/** Thrown when the budget is spent. */
export class TwinTired extends Error {}

/** What the parser of `node` answers to the whole of `input`. */
export function twin(node: Node, input: string | Uint8Array, options: TwinOptions): TwinResult {
  const changed = (changes: readonly Change[]): TwinResult | undefined => {
    if (typeof input !== "string") return undefined;
    const texts = [...changes].reverse().reduce((text, { span: { start, end }, insert }) => {
      return text.slice(0, start.offset) + insert + text.slice(end.offset);
    }, input);
    try {
      return twin(node, texts, { ...options, silent: true });
    } catch (error) {
      if (error instanceof TwinTired) return undefined;
      throw error;
    }
  };
  const result = new Twin(new WholeInput(input, options.binary ?? false), options).run(node);
  const there = typeof input === "string" ? input.slice(Math.max(0, result.farthest.offset)) : "";
  const agreed = (text: string): number => {
    let length = 0;
    while (length < text.length && text.charAt(length).toLowerCase() === there.charAt(length).toLowerCase())
      length += 1;
    return length;
  };
  // of a pair it is not known whether it is a letter
  const isCutShort = (text: string): boolean => {
    const [next = ""] = there.slice(agreed(text));
    return !/^[\p{L}\p{M}\p{N}_\p{Cs}]/u.test(next) && next.length < 2;
  };
  return { ...result, changed, agreed, isCutShort, texts: textsIn(node) };
}

const ENDLESS = Number.POSITIVE_INFINITY;
const SHORT: Problem = { code: "E1001", message: "too few" };

/** What the engine says a parser expects where it begins. */
function startsOf(node: Node): readonly string[] {
  return expectedAt(node, new Analysis(node)).map((one) => (one.kind === "eof" ? "eof" : `${one.kind}:${one.text}`));
}

class Twin {
  readonly #options: TwinOptions;
  readonly #state: State;
  readonly #recovered: TwinRecovery[] = [];
  /** The last recovery: where it began, and where its parser stands. */
  #last: (Place & { readonly at: number }) | undefined;
  /** The rows that are open, and how many of them and of `recover` were entered. */
  readonly #rows: number[] = [];
  #entered = 0;
  readonly #openLazies: { readonly node: NodeOf<"lazy">; readonly at: number }[] = [];
  /** How many parsers made by `andThen` were entered at an offset. */
  readonly #bound = new Map<number, number>();
  #steps = 0;
  #root: Node = { kind: "eof" };

  constructor(input: WholeInput, options: TwinOptions) {
    this.#options = options;
    this.#state = new State(input);
  }

  run(node: Node): Omit<TwinResult, "changed" | "agreed" | "isCutShort" | "texts"> {
    const state = this.#state;
    this.#root = resolveSpaces(node, undefined, undefined);
    let reply = FAILED;
    let fatal: Fatal | undefined;
    try {
      reply = this.#go(node);
      if (reply.ok && this.#options.requireEof && !this.#go({ kind: "eof" }).ok) reply = FAILED;
    } catch (error) {
      if (!(error instanceof Fatal)) throw error;
      fatal = error;
    }
    const { record, input } = state;
    const { offset, expected } = record;
    const { rules, problem } = record.whole;
    const parts = {
      end: fatal?.offset ?? state.at,
      consumed: state.at !== state.input.start,
      committed: state.committed,
      farthest: { offset, expected },
      emitted: state.emissions.values.filter((value) => !(value instanceof TwinStep)),
      traced: state.emissions.values.filter((value) => value instanceof TwinStep).map((step) => ({ ...step })),
      warnings: state.emissions.warnings,
      recovered: this.#recovered,
    };
    if (fatal)
      return {
        ok: false,
        ...parts,
        failure: {
          offset: fatal.offset,
          expected: [],
          code: fatal.code,
          context: fatal.rules.map(({ name }) => name),
          report: reportAt(input, fatal.offset, fatal.rules),
        },
      };
    if (reply.ok) return { ok: true, value: reply.value, ...parts };
    const told = problem === undefined ? {} : { code: problem.code ?? "" };
    const context = innermost(rules).map(({ name }) => name);
    // what fails in trivia at last is not recorded: of it only the place is told
    const unheard = { offset: state.at, expected: [], context: [], report: reportAt(input, state.at) };
    if (offset < state.at) return { ok: false, ...parts, failure: unheard };
    const report = reportOf(input, record.whole, this.#root);
    return { ok: false, ...parts, failure: { offset, expected, context, report, ...told } };
  }

  #go(node: Node): Reply {
    const state = this.#state;
    this.#steps += 1;
    if (this.#steps > (this.#options.budget ?? Number.POSITIVE_INFINITY)) throw new TwinTired();
    if ("expectedAs" in node && node.expectedAs !== undefined) {
      const { expectedAs: name, ...leaf } = node;
      return state.inside(state.record.labels, { name, start: state.at }, () => this.#go(leaf));
    }
    switch (node.kind) {
      case "ok":
        return good(node.value);
      case "fail":
        if (node.problem !== undefined) return state.refused(node.problem);
        return state.expected(node.message === undefined ? undefined : `custom:${node.message}`);
      case "eof":
        return state.at === state.input.length ? NOTHING : state.expected("eof");
      case "text":
        return this.#as(fixed(state, unitsOf(node.text), `token:${node.text}`), node.text);
      case "bytes":
        return this.#as(fixed(state, node.bytes, `token:${hex(node.bytes)}`), Uint8Array.from(node.bytes));
      case "set":
        return character(state, node.set);
      case "span":
        return span(state, node.set, node.min);
      case "until":
        return until(state, node.text);
      case "longest":
        return longest(state, node.dfa);
      case "take":
        return take(state, node.length);
      case "takeCount":
        return this.#then(node.p, (length) => this.#known(() => takeCount(state, length as number)));
      case "read":
        return read(state, node.format);
      case "within":
        return this.#within(node);
      case "primitive":
        return this.#known(() => primitive(state, node.leaf));
      case "leaf":
        return state.leaf([`${node.class}:${node.expected}`], () => this.#go(node.p), node.inTrivia);
      case "whole":
        return state.leaf(startsOf(node.p), () => this.#go(node.p));
      case "fold": {
        const { start, step } = node;
        const all = this.#go({ kind: "repeat", p: node.p, trailing: false, min: 0, max: ENDLESS, collects: "array" });
        if (!all.ok) return all;
        return this.#options.silent === true ? NOTHING : good((all.value as unknown[]).reduce(step, start()));
      }
      case "times":
        return this.#inRow(() => this.#then(node.count, (n) => this.#known(() => this.#times(node.p, n as number))));
      case "sized":
        return this.#inRow(() =>
          this.#then(node.count, (n) => this.#known(() => this.#limited(n as number, node.p, "frame"))),
        );
      case "decode":
        return this.#decode(node);
      case "trivia":
        return this.#then(node.p, good, true);
      case "seq":
        return this.#inRow(() => this.#sequence(node));
      case "choice":
        return this.#choice(node.items);
      case "map":
        return this.#then(node.p, (value) => good(this.#call(node.f, value)));
      case "as":
        return this.#then(node.p, () => good(node.value));
      case "concat":
        return this.#then(node.p, (value) => good((value as readonly string[] | undefined)?.join("")));
      case "skip":
        return this.#then(node.p, () => NOTHING);
      case "andThen":
        return this.#then(node.p, (value) =>
          this.#under(node.space ?? state.space, () => this.#enter(nodeOf(this.#known(() => node.f(value))))),
        );
      case "rule":
        return this.#inRule(node, state.at, () => this.#traced(node));
      case "trace":
        return this.#traced(node);
      case "label":
        return state.inside(state.record.labels, { name: node.name, start: state.at }, () => this.#go(node.p));
      case "doc":
        return this.#go(node.p);
      case "lazy":
        return this.#lazy(node);
      case "attempt":
        return state.returning(() => this.#go(node.p));
      case "cut":
        return this.#committed(() => this.#go(node.p));
      case "cutHere":
        state.passCut();
        return NOTHING;
      case "opt": {
        const tried = state.branch(() => this.#go(node.p));
        return tried === "empty" ? good(node.otherwise) : tried;
      }
      case "repeat":
        return this.#inRow(() => this.#repeat(node));
      case "between":
        return this.#inRow(() => this.#between(node));
      case "lookahead":
        return this.#lookahead(node.p);
      case "notFollowedBy":
        return this.#notFollowedBy(node.p);
      case "position":
        return good(state.input.position(state.at));
      case "spanned": {
        const start = state.at;
        return this.#then(node.p, (value) => good({ value, span: state.input.span(start, state.at) }));
      }
      case "slice": {
        const start = state.at;
        return this.#then(node.p, () => good(state.input[node.bytes === true ? "bytes" : "slice"](start, state.at)));
      }
      case "refine":
        return this.#refine(node);
      case "space":
        return this.#spaced(undefined, state.space ?? node.fallback);
      case "withSpace":
        return this.#spaced(node.space.kind === "space" ? (state.space ?? node.space.fallback) : node.space, node.p);
      case "recover":
        return this.#options.recovers === true ? this.#recover(node) : state.scope(() => this.#go(node.p));
      case "checkpoint":
      case "frame":
        return this.#go(node.p);
      case "pieces":
        return this.#pieces(node.p);
      case "emit":
        return this.#emit(node);
    }
  }

  /** What was read leaves as one piece, also where it fails. */
  #pieces(p: Node): Reply {
    if (p.kind === "takeCount") {
      return this.#then(p.p, (length) => this.#inPieces("bytes", () => passed(this.#state, length as number, COUNTED)));
    }
    if (p.kind !== "take") return this.#inPieces("slice", () => this.#go(p));
    return this.#inPieces("bytes", () => passed(this.#state, p.length, `custom:${bytesSaid(p.length)}`));
  }

  #inPieces(as: "slice" | "bytes", read: () => Reply): Reply {
    const { input, at: start, emissions } = this.#state;
    const reply = read();
    const { at } = this.#state;
    if (at > start) emissions.add(input[as](start, at));
    return reply.ok ? good(at - start) : reply;
  }

  #call(f: (value: unknown) => unknown, value: unknown): unknown {
    return this.#options.silent === true ? undefined : f(value);
  }

  /** What depends on the functions of the user is not known without them. */
  #known<R>(body: () => R): R {
    if (this.#options.silent === true) throw new TwinTired();
    return body();
  }

  #as(reply: Reply, value: unknown): Reply {
    return reply.ok ? good(value) : reply;
  }

  #then(p: Node, f: (value: unknown) => Reply, quiet = false): Reply {
    const reply = quiet ? this.#state.quietly(() => this.#go(p)) : this.#go(p);
    return reply.ok ? f(reply.value) : reply;
  }

  /** Tokens in a space have a space of their own. */
  #spaced(space: Node | undefined, p: Node): Reply {
    return this.#under(space, () => this.#go(p));
  }

  #under(space: Node | undefined, body: () => Reply): Reply {
    const outer = this.#state.space;
    this.#state.space = space;
    try {
      return body();
    } finally {
      this.#state.space = outer;
    }
  }

  /** Rule 17: what comes last and can only be skipped is read once the value has left. */
  #emit({ p }: NodeOf<"emit">): Reply {
    const rest: Rest = [];
    const { node, skips } = skippable(p, this.#state.space);
    const reply = this.#options.traces === true ? this.#go(p) : this.#head(node, rest, skips);
    if (!reply.ok) return reply;
    this.#state.emissions.add(reply.value);
    for (const skip of rest) {
      if (skip().ok) continue;
      if (!this.#state.committed) throw new Error("what can only be skipped has failed, and something may take that");
      return FAILED;
    }
    return reply;
  }

  /** Runs a parser up to what comes last in it and can only be skipped; that goes to `rest`. */
  #head(node: Node, rest: Rest, skips: Skips): Reply {
    const state = this.#state;
    const own: Rest = [];
    const head = (p: Node): Reply => this.#head(p, own, skips);
    const headed = (reply: Reply, around: (skip: () => Reply) => Reply = (skip) => skip()): Reply => {
      if (reply.ok) rest.push(...own.map((skip) => () => around(skip)));
      return reply;
    };
    const tried = (p: Node): Reply | "empty" => {
      own.length = 0;
      return state.branch(() => head(p));
    };
    if (skips.lastOf(node, false).length === 0) return this.#go(node);
    switch (node.kind) {
      case "seq": {
        const { items, skipped } = skips.splitSeq(node, false);
        const reply = this.#sequence({ ...node, items }, head);
        if (reply.ok) own.push(...skipped.map((item) => () => this.#go(item)));
        return headed(reply);
      }
      case "choice":
        for (const item of node.items) {
          const reply = tried(item);
          if (reply !== "empty") return headed(reply);
        }
        return FAILED;
      case "opt": {
        const reply = tried(node.p);
        return reply === "empty" ? good(node.otherwise) : headed(reply);
      }
      case "between":
        return headed(this.#between(node, head));
      case "repeat":
        return headed(
          this.#repeat(node, (end) => {
            own.length = 0;
            return head(end);
          }),
        );
      case "cut":
        return headed(this.#committed(() => head(node.p)));
      case "lazy":
        return headed(this.#lazy(node, head));
      case "rule": {
        const start = state.at;
        return headed(
          this.#inRule(node, start, () => head(node.p)),
          (skip) => this.#inRule(node, start, skip),
        );
      }
      case "label":
        return headed(state.inside(state.record.labels, { name: node.name, start: state.at }, () => head(node.p)));
      case "doc":
      case "frame":
        return headed(head(node.p));
      case "map":
      case "as":
      case "skip":
      case "emit": {
        const reply = headed(head(node.p));
        if (!reply.ok) return reply;
        if (node.kind === "emit") state.emissions.add(reply.value);
        return good(
          node.kind === "map"
            ? this.#call(node.f, reply.value)
            : node.kind === "as"
              ? node.value
              : node.kind === "emit"
                ? reply.value
                : undefined,
        );
      }
      default:
        return this.#go(node);
    }
  }

  #inRule({ name }: NodeOf<"rule">, start: number, body: () => Reply): Reply {
    return this.#state.inside(this.#state.record.rules, { name, start }, body);
  }

  #traced(node: NodeOf<"rule" | "trace">): Reply {
    const start = this.#state.at;
    return this.#then(node.p, (value) => {
      const { at, emissions } = this.#state;
      if (this.#options.traces === true) emissions.add(new TwinStep(node.name, start, at));
      return good(value);
    });
  }

  #refine(node: NodeOf<"refine">): Reply {
    const { input, at: start } = this.#state;
    const before = this.#state.record.offset;
    let turned: { readonly state: unknown } | undefined;
    const reply = node.goesBack ? this.#state.judged(() => this.#go(node.p)) : this.#go(node.p);
    const judge = (value: unknown): Reply => {
      if (this.#options.silent === true) return NOTHING;
      const all = input.span(start, this.#state.at);
      const judged = node.f(value, {
        start,
        end: this.#state.at,
        position: (offset) => input.position(offset),
        span: (from, to) => input.span(from, to),
        blankBefore: (offset) => input.position(offset),
        text: () => String(this.#state.input.slice(start, this.#state.at)),
        warn: (problem) => this.#state.emissions.add(new Warned({ at: all, ...problem })),
        state: this.#state.register,
        setState: (state) => {
          turned = { state };
        },
      });
      if (!(judged instanceof Refusal)) {
        if (turned !== undefined) this.#state.register = turned.state;
        return good(judged);
      }
      if (judged.at !== undefined) this.#state.at = judged.at;
      if (judged.problem !== undefined && before <= this.#state.at) this.#state.record.forgetBeyond(this.#state.at);
      return judged.problem === undefined
        ? this.#state.expected(undefined)
        : this.#state.refused({ at: all, ...judged.problem });
    };
    return reply.ok ? judge(reply.value) : reply;
  }

  #within(node: NodeOf<"within">): Reply {
    return this.#limited(node.length, node.p, `frame of ${bytesSaid(node.length)}`);
  }

  #times(p: Node, n: number): Reply {
    const values: unknown[] = [];
    while (values.length < n) {
      const reply = this.#state.branch(() => this.#go(p), false);
      if (reply === "empty" || !reply.ok) return FAILED;
      values.push(reply.value);
    }
    return good(values);
  }

  /** Rule 37. */
  #decode({ p, f, otherwise }: NodeOf<"decode">): Reply {
    const state = this.#state;
    const start = state.at;
    const mark = state.emissions.length;
    const read = state.judged(() => this.#go(p));
    if (!read.ok) return read;
    try {
      return this.#options.silent === true ? NOTHING : good(f(read.value));
    } catch {
      const length = state.at - start;
      state.at = start;
      state.emissions.dropAll(mark);
      return this.#limited(length, otherwise, "frame");
    }
  }

  #limited(length: number, p: Node, frame: string): Reply {
    const state = this.#state;
    const limit = state.at + length;
    // to split a pair is allowed, but what its halves are then is not this twin's business
    if (!state.input.mayEnd(limit)) throw new TwinTired();
    const reply = state.input.until(limit, () =>
      this.#then(p, (value) => {
        if (state.at < state.input.length) return state.expected(`custom:end of the ${frame}`);
        return state.at < limit ? state.refused(SHORT, `custom:${frame}`) : good(value);
      }),
    );
    const { end } = state.input;
    if (!reply.ok && limit > end && state.input.innermost > end) state.record.explain(end, SHORT);
    return reply;
  }

  /** Rules 14 and 15. */
  #recover(node: NodeOf<"recover">): Reply {
    const state = this.#state;
    const { record } = state;
    const outer = state.committed;
    const { register } = state;
    if (record.quiet > 0) return state.scope(() => this.#go(node.p));
    const place = { row: this.#rows.at(-1) ?? 0, number: ++this.#entered };
    let committed = false;
    record.open();
    const reply = state.scope(() => {
      const inner = this.#go(node.p);
      committed = state.committed;
      return inner;
    });
    const own = record.close();
    const failedAt = state.at;
    if (reply.ok || !this.#mayRecover(place) || !state.isFinal(committed, outer)) return reply;
    state.register = register;
    for (
      let at: number | undefined = failedAt;
      at !== undefined;
      at = node.skips ? state.input.characterAt(at)?.end : undefined
    ) {
      state.at = at;
      const scopes = state.committed;
      if (state.quietly(() => state.returning(() => this.#go(node.until))).ok) {
        record.clear();
        state.committed = outer;
        this.#last = { ...place, at: failedAt };
        const heard = own.offset >= failedAt;
        this.#recovered.push({
          offset: heard ? own.offset : failedAt,
          expected: heard ? named(own) : [],
          context: heard ? innermost(own.rules).map(({ name }) => name) : [],
          report: recovering(heard ? own : nothingAt(failedAt), node.action, state.input, this.#root),
          units: state.at - failedAt,
        });
        return good(node.value);
      }
      state.committed = scopes;
    }
    state.at = failedAt;
    return FAILED;
  }

  /** Where nothing was read since the last one began, only one further out may take a failure. */
  #mayRecover({ row, number }: Place): boolean {
    const last = this.#last;
    if (last?.at !== this.#state.at) return true;
    return row < last.row || (row === last.row && number < last.number);
  }

  /** Parts that follow each other: a recovery in one of them stands in that row. */
  #inRow(body: () => Reply): Reply {
    return this.#state.inside(this.#rows, ++this.#entered, body);
  }

  #committed(body: () => Reply): Reply {
    return this.#state.committing(body);
  }

  #sequence(node: NodeOf<"seq">, last = (item: Node): Reply => this.#go(item)): Reply {
    const values: unknown[] = [];
    for (const [i, item] of node.items.entries()) {
      const reply = i === node.items.length - 1 ? last(item) : this.#go(item);
      if (!reply.ok) return reply;
      values.push(reply.value);
    }
    const kept = node.keep.map((i) => values[i]);
    return good(node.tuple ? kept : kept[0]);
  }

  #choice(items: readonly Node[]): Reply {
    if (items.length === 0) return this.#state.expected(undefined);
    for (const item of items) {
      const tried = this.#state.branch(() => this.#go(item));
      if (tried !== "empty") return tried;
    }
    return FAILED;
  }

  /** A parser that was made while running (rule 13). */
  #enter(node: Node): Reply {
    const at = this.#state.at;
    const entered = (this.#bound.get(at) ?? 0) + 1;
    this.#bound.set(at, entered);
    if (entered > 10_000) throw this.#state.fatal("E4001");
    return this.#go(node);
  }

  /** One that is entered again where it is open would never end. */
  #lazy(node: NodeOf<"lazy">, body = (p: Node): Reply => this.#go(p)): Reply {
    const at = this.#state.at;
    if (this.#openLazies.some((open) => open.node === node && open.at === at)) throw this.#state.fatal("E4001");
    return this.#state.inside(this.#openLazies, { node, at }, () => body(bodyOf(node, nodeOf)));
  }

  /** Rule 5. With `end`, only `end` ends it; else an iteration that fails empty does. */
  #repeat(node: RepeatNode, last = (p: Node): Reply => this.#go(p)): Reply {
    const { sep, end, min, max } = node;
    const state = this.#state;
    const values: unknown[] = [];
    let over = false;
    for (let n = 0; n < max && !over; n += 1) {
      const first = n === 0 || sep === undefined;
      const element = (): Reply =>
        first ? this.#go(node.p) : this.#then(sep, () => this.#afterSeparator(node, () => (over = true)));
      const iteration = (): Reply => {
        if (end === undefined) return element();
        const ended = state.branch(() => last(end));
        if (ended !== "empty") {
          over = ended.ok;
          return ended;
        }
        // with an end, nothing but that ends it: an element has nothing beside it to be tried
        const went = state.branch(element, false);
        return went === "empty" ? FAILED : went;
      };
      const mayRepeat = n >= min && max === Number.POSITIVE_INFINITY && (n > 0 || sep === undefined);
      const start = state.at;
      const tried = state.branch(
        () => {
          const reply = iteration();
          if (reply.ok && !over && mayRepeat && state.at === start) throw state.fatal("E3001");
          return reply;
        },
        end === undefined && n >= min,
      );
      if (tried === "empty") {
        if (n < min || end !== undefined) return FAILED;
        over = true;
      } else if (!tried.ok || (over && n < min)) {
        return FAILED;
      } else if (!over) {
        values.push(tried.value);
      }
    }
    return good(node.collects === "count" ? values.length : values);
  }

  #afterSeparator(node: RepeatNode, missing: () => void): Reply {
    if (!node.trailing) return this.#go(node.p);
    const tried = this.#state.branch(() => this.#go(node.p));
    if (tried !== "empty") return tried;
    missing();
    return NOTHING;
  }

  /** Rule 6: once `open` has read something, what follows is committed. */
  #between(node: NodeOf<"between">, last = (p: Node): Reply => this.#go(p)): Reply {
    const start = this.#state.at;
    const bracket: OpenBracket = { at: start, close: node.close, closing: undefined };
    const rest = (): Reply =>
      this.#then(node.p, (value) => {
        bracket.closing = this.#state.at;
        return this.#as(last(node.close), value);
      });
    const open = (): Reply => this.#state.inside(this.#state.record.brackets, bracket, rest);
    return this.#then(node.open, () => (this.#state.at === start ? rest() : this.#committed(open)));
  }

  /** A success leaves the record as it was; a failure keeps how far it got (rule 4). */
  #lookahead(p: Node): Reply {
    const before = this.#state.record.save();
    const look = (): Reply => this.#state.looking(() => this.#go(p));
    const reply = this.#state.record.quiet > 0 ? this.#state.sealed(look) : look();
    if (reply.ok) this.#state.record.restore(before);
    return reply;
  }

  #notFollowedBy(p: Node): Reply {
    const state = this.#state;
    const before = state.record.save();
    const reply = state.looking(() => state.sealed(() => this.#go(p)));
    state.record.restore(before);
    return reply.ok ? state.expected("not") : NOTHING;
  }
}
