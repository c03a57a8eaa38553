// Choices and options. Alternatives with different first characters are chosen by the next character; where they overlap,
// they are tried in order. Either way a failure is recorded as if each had been tried (semantics, rule 8).
import type { Expectation } from "../../grammar/expectation.ts";
import type { Node, NodeOf } from "../../grammar/node.ts";
import { CharSet } from "../../text/index.ts";
import { OP } from "../code/instructions.ts";
import { WordList } from "../code/word-list.ts";
import { expectedAt, rulesAt } from "../facts/expected.ts";
import { type First, WIDE } from "../facts/first.ts";
import type { Lowering, Want } from "./lowering.ts";
import { isDecided, isOfPlainUnits, needsFrame, test } from "./test.ts";

/** In a longer choice, what is left after some alternatives is not searched again for characters that decide. */
const MOST_SPLIT = 50;

export function lowerChoice(context: Lowering, items: readonly Node[], want: Want): void {
  const { asm } = context;
  if (items.length === 0) {
    asm.emit("FAIL");
    return;
  }
  const groups = dispatchable(context, items);
  if (groups.length > 1) {
    dispatch(context, groups, items, want);
    return;
  }
  const [group = []] = groups;
  const words = group.length === items.length ? wordsOf(context, items) : undefined;
  if (words !== undefined) {
    const ends = attempts(context, items, want, words);
    const expected = (): readonly Expectation[] => items.flatMap((p) => expectedAt(p, context.analysis));
    giveUp(context, items, words, expected, () => rulesAt({ kind: "choice", items }, context.analysis));
    asm.emit("REFAIL");
    for (const end of ends) asm.land(end);
    return;
  }
  // one after the other, as if each stood in what the one before it leaves to try
  const ends: number[] = [];
  for (let at = 0; at < items.length; at++) {
    const next = items[at] as Node;
    const left = items.length - at - 1;
    if (left === 0 && !needsFrame(context, next)) {
      context.lower(next, want);
      break;
    }
    const choice = asm.emit("CHOICE", 0);
    context.lower(next, want);
    ends.push(asm.emit("COMMIT", 0));
    asm.land(choice);
    if (left === 0) asm.emit("REFAIL");
    else if (left <= MOST_SPLIT && dispatchable(context, items.slice(at + 1)).length > 1) {
      lowerChoice(context, items.slice(at + 1), want);
      break;
    }
  }
  for (const end of ends) asm.land(end);
}

/** `p` in a frame of its own; if it fails empty, `otherwise` runs. */
function framed(context: Lowering, p: Node, want: Want, otherwise: () => void): void {
  const { asm } = context;
  const choice = asm.emit("CHOICE", 0);
  context.lower(p, want);
  const commit = asm.emit("COMMIT", 0);
  asm.land(choice);
  otherwise();
  asm.land(commit);
}

/** The leading alternatives that a character can decide between, in groups that share first characters. */
function dispatchable(context: Lowering, items: readonly Node[]): Node[][] {
  const groups: { first: First; places: number[] }[] = [];
  for (const [place, item] of items.entries()) {
    const facts = context.analysis.of(item);
    if (facts.nullable || facts.early) break;
    let own = { first: facts.first, places: [place] };
    for (let g = groups.length - 1; g >= 0; g--) {
      const group = groups[g];
      if (group === undefined || !group.first.overlaps(facts.first)) continue;
      groups.splice(g, 1);
      own = joined(group, own);
    }
    groups.push(own);
  }
  return groups.map(({ places }) => places.sort((a, b) => a - b).map((place) => items[place] as Node));
}

/** Two groups as one: the smaller is added to the larger. */
function joined<G extends { first: First; places: number[] }>(a: G, b: G): G {
  const [large, small] = a.places.length < b.places.length ? [b, a] : [a, b];
  for (const place of small.places) large.places.push(place);
  large.first = large.first.union(small.first);
  return large;
}

/** Whether the next character alone chooses among all alternatives: nothing else then fails at the start. */
export function isDispatched(context: Lowering, items: readonly Node[]): boolean {
  const groups = dispatchable(context, items);
  return (
    groups.length > 1 &&
    groups.length === items.length &&
    items.every((item) => isDecided(context, item) || beginsWithText(context, item))
  );
}

/**
 * A choice that `isDispatched`.
 *
 * @param expected what is said to be expected at its start.
 */
export function lowerDispatched(
  context: Lowering,
  items: readonly Node[],
  want: Want,
  expected: () => readonly Expectation[],
): void {
  dispatch(context, dispatchable(context, items), items, want, expected);
}

function dispatch(
  context: Lowering,
  groups: readonly Node[][],
  items: readonly Node[],
  want: Want,
  expected?: () => readonly Expectation[],
): void {
  const { asm, analysis } = context;
  const decided = groups.reduce((sum, group) => sum + group.length, 0);
  const [members, rest] = [items.slice(0, decided), items.slice(decided)];
  const ascii = asm.jumps.length;
  for (let c = 0; c < WIDE; c++) asm.jumps.push(0);
  const wide: { set: CharSet; target: number }[] = [];
  const table = asm.tables.push({ ascii, wide }) - 1;
  const all = expected ?? (() => members.flatMap((p) => expectedAt(p, analysis)));
  const within = () => rulesAt({ kind: "choice", items: members }, analysis);
  const at = asm.expects(asm.emit("DISPATCH", table, 0), all, within);
  const ends: number[] = [];
  const givenUp: number[] = [];
  for (const [index, group] of groups.entries()) {
    const last = index === groups.length - 1 && rest.length === 0;
    const start = asm.here;
    const [only] = group;
    const target = start << 1;
    if (group.length === 1 && only !== undefined && isDecided(context, only)) {
      context.lower(only, want);
    } else if (group.length === 1 && only !== undefined && rest.length === 0 && beginsWithText(context, only)) {
      context.lower(only, want);
      let first = start;
      while (asm.code[first] === OP.ROW) first++;
      asm.owners.set(first, at);
    } else {
      const words = wordsOf(context, group);
      ends.push(...attempts(context, group, want, words));
      giveUp(context, group, words, () => asm.expectations.get(at)?.() ?? [], within);
      givenUp.push(rest.length > 0 ? asm.emit("JUMP", 0) : asm.emit("REFAIL"));
      fill(asm.jumps, ascii, wide, context, group, target);
      continue;
    }
    fill(asm.jumps, ascii, wide, context, group, target);
    if (!last) ends.push(asm.emit("JUMP", 0));
  }
  if (rest.length > 0) {
    asm.land(at);
    for (const end of givenUp) asm.land(end);
    lowerChoice(context, rest, want);
  }
  for (const end of ends) asm.land(end);
}

/** Fewer alternatives than these are tried one by one. */
const MANY = 8;

/** The fixed texts that alternatives begin with, if each does and they are many. */
function wordsOf({ asm }: Lowering, group: readonly Node[]): number | undefined {
  if (group.length < MANY) return undefined;
  const texts: string[] = [];
  for (const member of group) {
    const text = textAtStart(member);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return asm.words.push(new WordList(texts)) - 1;
}

/** A text that lies deeper in a parser is not looked for. */
const DEEPEST = 100;

/** The text that a parser compares before it does anything else. */
function textAtStart(alternative: Node): string | undefined {
  let node: Node | undefined = alternative;
  for (let depth = 0; node !== undefined && depth < DEEPEST; depth++) {
    if (node.kind === "text") return isOfPlainUnits(node.text) ? node.text : undefined;
    if (node.kind === "seq") node = node.items[0];
    else if (node.kind === "as" || node.kind === "skip" || node.kind === "map" || node.kind === "leaf") node = node.p;
    else return undefined;
  }
  return undefined;
}

/**
 * Tries alternatives in order.
 *
 * @param words the list of the texts that they begin with: those that do not agree with the input are skipped.
 * @returns where they end.
 */
function attempts(
  { asm, lower }: Lowering,
  group: readonly Node[],
  want: Want,
  words: number | undefined,
): readonly number[] {
  const ends: number[] = [];
  const passed: number[] = [];
  for (const [place, member] of group.entries()) {
    if (words !== undefined) {
      passed.push(asm.emit("WORDS", words, place, 0));
      asm.words[words]?.targets.push(asm.here);
    }
    const choice = asm.emit("CHOICE", 0);
    lower(member, want);
    ends.push(asm.emit("COMMIT", 0));
    asm.land(choice);
  }
  for (const test of passed) asm.land(test);
  return ends;
}

/** The end of alternatives that were tried in vain. */
function giveUp(
  { asm, analysis }: Lowering,
  group: readonly Node[],
  words: number | undefined,
  expected: () => readonly Expectation[],
  within: () => readonly string[],
): void {
  const at = asm.expects(asm.emit("GIVE_UP", asm.here), expected, within);
  asm.tried.set(at, () => group.flatMap((p) => expectedAt(p, analysis)));
  const list = words === undefined ? undefined : asm.words[words];
  if (list !== undefined) asm.lists.set(at, list);
}

function fill(
  jumps: number[],
  ascii: number,
  wide: { set: CharSet; target: number }[],
  context: Lowering,
  group: readonly Node[],
  target: number,
): void {
  let set = CharSet.fromRanges([], "nothing");
  for (const member of group) {
    const { first } = context.analysis.of(member);
    for (let c = 0; c < WIDE; c++) if (first.has(c)) jumps[ascii + c] = target;
    if (first.has(WIDE)) set = set.union(context.analysis.firstSet(member));
  }
  wide.push({ set, target });
}

/** Whether a parser's first instruction is a fixed text, whose failure then stands for the whole choice. */
function beginsWithText(context: Lowering, alternative: Node): boolean {
  let node: Node | undefined = alternative;
  while (node !== undefined) {
    const facts = context.analysis.of(node);
    if (facts.cuts || facts.emits) return false;
    if (node.kind === "text") return node.text.length > 1;
    if (node.kind === "seq") node = node.items[0];
    else node = node.kind === "as" || node.kind === "skip" || node.kind === "map" ? node.p : undefined;
  }
  return false;
}

export function lowerOpt(context: Lowering, node: NodeOf<"opt">, want: Want): void {
  const { asm } = context;
  if (isDecided(context, node.p)) {
    const { miss, rest } = test(context, node.p);
    rest(want);
    if (want === "nothing") {
      asm.land(miss);
      return;
    }
    const end = asm.emit("JUMP", 0);
    asm.land(miss);
    asm.emit("CONST", asm.constant(node.otherwise));
    asm.land(end);
    return;
  }
  framed(context, node.p, want, () => {
    if (want !== "nothing") asm.emit("CONST", asm.constant(node.otherwise));
  });
}
