// Frames around a parser: commits, brackets, lookahead, labels, leaves, text and position.
import { deref } from "../../grammar/lazies.ts";
import type { Node, NodeOf } from "../../grammar/node.ts";
import { OP, widthOf } from "../code/instructions.ts";
import { charAfterText } from "../code/overlay.ts";
import { Analysis } from "../facts/analysis.ts";
import { forbidden, mayReport, ownExpectation, rulesAt } from "../facts/expected.ts";
import { fixedText, fixedTextOfAll } from "../facts/fixed-texts.ts";
import { listsAtEnd, type SeparatedList } from "../facts/separated-lists.ts";
import { isDispatched, lowerDispatched } from "./choice.ts";
import type { Lowering, Want } from "./lowering.ts";
import { keepingValue } from "./read.ts";
import { eat, isDecided, isOneChar } from "./test.ts";

/**
 * `between`: committed from its opener on; the frame knows where that stood (semantics, rule 6).
 *
 * @param closes what writes the closer.
 */
export function lowerBetween(context: Lowering, node: NodeOf<"between">, want: Want, closes: Lowering = context): void {
  const { asm, analysis } = context;
  const eaten = eat(node.open);
  const opener = asm.here;
  if (eaten !== undefined && analysis.of(eaten.rest).sure && analysis.of(eaten.rest).nullable) {
    asm.expects(asm.emit("BRACKET", eaten.char), () => context.expectedAt(node.open));
    context.lower(eaten.rest, "nothing");
  } else {
    asm.emit("OPEN");
    context.lower(node.open, "nothing");
    asm.emit("OPENED");
  }
  const inside = asm.here;
  const { literal } = node;
  const outer = asm.inLiteral;
  asm.inLiteral = literal;
  context.lower(node.p, want);
  asm.inLiteral = outer;
  const fixed = literal || isFixed(context, node.close);
  const keeps = want !== "nothing" && analysis.of(node.close).sets;
  if (keeps) asm.emit("PUSH");
  const closing = fixed ? -1 : asm.emit("CLOSING");
  const from = literal ? inside : asm.here;
  closes.lower(node.close, "nothing");
  const insert = () => (literal ? undefined : fixedTextOfAll(node.close));
  const to = asm.here;
  let known: readonly SeparatedList[] | undefined;
  const lists = () => {
    known ??= literal ? [] : listsAtEnd(node.p, analysis.of(node.p).open ? new Analysis(node.p) : analysis);
    return known;
  };
  asm.closers.push({ from, to, opener, quotes: false, closing, fixed, literal, insert, lists });
  if (keeps) asm.emit("POP");
  asm.emit("CLOSE");
}

const CALLS: readonly number[] = [OP.CALL, OP.RULE, OP.BIND, OP.LINK];

/**
 * Three items in a row that are text between two quotes, both one character: where what closes it fails, it is known
 * where it was opened.
 *
 * @param opener where the code of the text begins; @param from where that of what closes it does.
 */
export function noteQuotes({ asm }: Lowering, node: NodeOf<"seq">, opener: number, from: number): void {
  const [open, text, close, more] = node.items;
  if (more !== undefined || open === undefined || !isOneChar(open) || text?.kind !== "concat") return;
  const insert = close === undefined ? undefined : fixedText(close);
  const to = asm.here;
  if (insert?.length !== 1 || charAfterText(asm.code, asm.sets, opener) !== insert.charCodeAt(0)) return;
  // nothing in between may note quotes of its own: it is the last ones that are known
  for (let pc = opener + widthOf(asm.code[opener] ?? 0); pc < from; pc += widthOf(asm.code[pc] ?? 0)) {
    if (CALLS.includes(asm.code[pc] ?? 0) || charAfterText(asm.code, asm.sets, pc) !== undefined) return;
  }
  asm.closers.push({
    from,
    to,
    opener,
    quotes: true,
    closing: -1,
    fixed: true,
    literal: false,
    insert: () => insert,
    lists: () => [],
  });
}

/** Whether a parser is a fixed text, perhaps followed by something that can't fail. */
function isFixed(context: Lowering, close: Node): boolean {
  for (let node = close; ; ) {
    if (node.kind === "text") return true;
    if (node.kind !== "seq") return false;
    const [first, ...rest] = node.items;
    const tail = rest.map((item) => context.analysis.of(item));
    if (first === undefined || !tail.every((facts) => facts.sure && facts.nullable)) return false;
    node = first;
  }
}

export function lowerCut(context: Lowering, node: NodeOf<"cut">, want: Want): void {
  context.asm.emit("CUT_BEGIN");
  context.lower(node.p, want);
  context.asm.emit("CLOSE");
}

export function lowerAttempt(context: Lowering, node: NodeOf<"attempt">, want: Want): void {
  context.asm.emit("ATTEMPT");
  context.lower(node.p, want);
  context.asm.emit("ATTEMPT_END");
}

export function lowerLookahead(context: Lowering, node: NodeOf<"lookahead">, want: Want): void {
  context.asm.emit("LOOKAHEAD");
  context.lower(node.p, want);
  context.asm.emit("LOOKAHEAD_END");
}

/** `notFollowedBy`; one character needs no frame. */
export function lowerNot(context: Lowering, node: NodeOf<"notFollowedBy">, want: Want): void {
  const { asm, analysis } = context;
  const expected = () => [forbidden(node.p, analysis)];
  const target = deref(node.p);
  if (target.kind === "set") {
    asm.expects(asm.emit("NOT_SET", ...asm.set(target.set)), expected);
  } else {
    const at = asm.expects(asm.emit("NOT", 0), expected);
    context.lower(node.p, "nothing");
    asm.emit("NOT_END");
    asm.land(at);
  }
  nothing(context, want);
}

/** `label`; where the next character decides, it needs no frame: nothing else fails at the start. */
export function lowerLabel(context: Lowering, node: NodeOf<"label">, want: Want): void {
  const from = context.asm.here;
  lowerNamed(context, node, want);
  if (node.name === "") context.asm.hidden.push({ from, to: context.asm.here });
}

function lowerNamed(context: Lowering, node: NodeOf<"label">, want: Want): void {
  const { asm, analysis } = context;
  const expected = () => [{ kind: "rule" as const, text: node.name }];
  const within = () => rulesAt(node.p, analysis);
  // a label stands for what is reported at its start, and what fails in trivia is not
  const speaks = mayReport(node.p, analysis);
  if (speaks && node.p.kind === "choice" && isDispatched(context, node.p.items)) {
    lowerDispatched(context, node.p.items, want, expected);
    return;
  }
  // a recovery at its start is not for a character to decide: a label is no alternative
  if (!speaks || !isDecided(context, node.p) || (context.recovers && analysis.of(node.p).recovers)) {
    asm.expects(asm.emit("LABEL", asm.label(node.name)), expected);
    context.lower(node.p, want);
    asm.emit("LABEL_END");
    return;
  }
  const eaten = eat(node.p);
  if (eaten !== undefined) {
    asm.expects(asm.emit("CHAR", eaten.char), expected, within);
    context.lower(eaten.rest, want);
    return;
  }
  const test = asm.expects(asm.emit("TEST_SET", ...asm.set(analysis.firstSet(node.p)), 0), expected, within);
  context.lower(node.p, want);
  const end = asm.emit("JUMP", 0);
  asm.land(test);
  // a failure, not only a record: if a closer fails here, it is reported where its bracket was opened
  asm.expects(asm.emit("MISSED"), expected, within);
  asm.land(end);
}

export function lowerLeaf(context: Lowering, node: NodeOf<"leaf">, want: Want): void {
  const { asm } = context;
  const expected = () => [ownExpectation(node) ?? { kind: "eof" as const }];
  asm.expects(asm.emit(node.inTrivia === true ? "LEAF_IN_TRIVIA" : "LEAF", asm.leaf(node.expected)), expected);
  context.lower(node.p, want);
  asm.emit("LEAF_END");
}

/** As a leaf, for what stands at its start. */
export function lowerWhole(context: Lowering, node: NodeOf<"whole">, want: Want): void {
  const { asm } = context;
  asm.expects(asm.emit("LEAF", asm.leaf("")), () => context.expectedAt(node.p));
  context.lower(node.p, want);
  asm.emit("LEAF_END");
}

/** Space records no failure; a plain span has none to record. */
export function lowerTrivia(context: Lowering, node: NodeOf<"trivia">, want: Want): void {
  const { asm } = context;
  const plain = isPlainSpan(node.p);
  if (!plain) asm.emit("QUIET");
  context.lower(node.p, want);
  if (!plain) asm.emit("QUIET_END");
}

function isPlainSpan(body: Node): boolean {
  let node = body;
  while (node.kind === "skip" || node.kind === "trivia") node = node.p;
  return node.kind === "span" && node.min === 0;
}

export function lowerSlice(context: Lowering, node: NodeOf<"slice">, want: Want): void {
  const { asm } = context;
  if (want === "nothing") {
    context.lower(node.p, "nothing");
    return;
  }
  // a slice of a single leaf becomes one instruction with the leaf, and fails in its place
  asm.expects(asm.emit("MARK", -1, 0), () => context.expectedAt(node.p));
  context.lower(node.p, "nothing");
  asm.emit(node.bytes === true ? "SLICE_BYTES" : "SLICE");
}

export function lowerSpanned(context: Lowering, node: NodeOf<"spanned">, want: Want): void {
  const { asm } = context;
  if (want === "nothing") {
    context.lower(node.p, "nothing");
    return;
  }
  asm.emit("SPANNED");
  context.lower(node.p, "value");
  asm.emit("SPANNED_END");
}

export function lowerCheckpoint(context: Lowering, node: NodeOf<"checkpoint">, want: Want): void {
  context.asm.emit("SPANNED");
  context.lower(node.p, want);
  context.asm.emit("CHECKPOINT");
}

export function lowerFrame(context: Lowering, node: NodeOf<"frame">, want: Want): void {
  context.asm.emit("TOKEN", context.asm.label(node.name));
  context.lower(node.p, want);
  context.asm.emit("TOKEN_END");
}

export function lowerTrace(context: Lowering, node: NodeOf<"trace">, want: Want): void {
  context.asm.emit("TRACE", context.asm.label(node.name));
  context.lower(node.p, want);
  context.asm.emit("TRACE_END");
}

export function lowerAndThen(context: Lowering, node: NodeOf<"andThen">, want: Want): void {
  const { asm } = context;
  keepingValue(context, want, () => {
    context.lower(node.p, "value");
    asm.emit("BIND", asm.function(node.f), node.space === undefined ? -1 : asm.constant(node.space));
  });
}

/** The value of a parser that has none to give. */
export function nothing(context: Lowering, want: Want): void {
  if (want !== "nothing") context.asm.emit("CONST", context.asm.constant(undefined));
}
