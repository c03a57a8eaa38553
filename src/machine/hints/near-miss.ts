// Near-misses: words of which the beginning stands where the parse failed. They are the fixed texts that failed there and agree
// with the input farthest, unless a text that the grammar has elsewhere agrees better: that is probably meant as itself, and
// something else is missing before it. Only input is looked at that the comparisons of the words have looked at: that is in the
// window however the input was cut into chunks.

import { OP, widthOf } from "../../compile/code/instructions.ts";
import * as operand from "../../compile/code/operands.ts";
import type { Program } from "../../compile/code/program.ts";
import type { Machine } from "../control/machine.ts";
import type { Insertion } from "./insertion.ts";
import { mayGoOn } from "./trial.ts";

/** A word that may have been meant. */
export interface NearWord {
  readonly text: string;
  /** How many of its first units stand there. */
  readonly agreed: number;
  /** Whether no unit of a word comes after these: the rest of the word is missing. */
  readonly cutShort: boolean;
  /** The instruction that reads it. */
  readonly program: Program;
  readonly pc: number;
}

/** Fewer units than this say nothing. */
const FEWEST = 2;
const FEWEST_OF_OTHERS = 3;
/** Words without surrogate pairs, so that no unit is half of a character. */
const WORD = /^[\p{L}\p{M}\p{N}_-]+$/u;
const SURROGATE = /[\ud800-\udfff]/;
const LETTER = /[\p{L}\p{M}\p{N}_\p{Cs}]/u;

/** The words that were probably meant. */
export interface NearMiss {
  readonly texts: readonly string[];
  /** The rest of the word, where there is one word and it is cut short. */
  readonly rest: Insertion | undefined;
}

/** The near-misses at the farthest failure, if there are any. */
export function nearMiss(m: Machine): NearMiss | undefined {
  const words = nearest(m);
  const [first, ...others] = words;
  if (first === undefined) return undefined;
  const texts = words.map(({ text }) => text);
  if (others.length > 0 || !first.cutShort) return { texts, rest: undefined };
  const at = m.position(m.farthest + first.agreed);
  return { texts, rest: { at, text: first.text.slice(first.agreed), helps: mayGoOn(m, first), grouped: false } };
}

/** The words that failed at the farthest failure and agree with the input there as far as any other, each once. */
function nearest(m: Machine): NearWord[] {
  const { window, options } = m;
  if (options.binary) return [];
  const from = m.farthest - window.base;
  const { units, end, closed } = window;
  const words = new Set<string>();
  const origins = m.record().origins();
  const lists = origins.flatMap(({ program, pc }) => program.wordsAt(pc) ?? []);
  let found: NearWord[] = [];
  for (const { program, pc } of origins.flatMap((origin) => comparing(origin, origins, units, from, end))) {
    const word = program.mayReport(pc) ? wordAt(program, pc) : undefined;
    if (word === undefined || words.has(word.text)) continue;
    const { text } = word;
    words.add(text);
    let agreed = 0;
    while (agreed < text.length && from + agreed < end && word.has(agreed, units[from + agreed] as number)) agreed++;
    const ended = from + agreed === end;
    if (agreed === text.length || (ended && !closed)) continue;
    const cutShort = ended || !LETTER.test(String.fromCharCode(units[from + agreed] as number));
    if (!isTelling(agreed, text.length, cutShort)) continue;
    const farthest = found[0]?.agreed ?? 0;
    const near = { text, agreed, cutShort, program, pc };
    if (agreed > farthest) found = [near];
    else if (agreed === farthest) found.push(near);
  }
  const seen = (found[0]?.agreed ?? 0) + 1;
  const there = String.fromCharCode(...units.subarray(from, Math.min(from + seen, end)));
  const failed = (text: string): boolean => words.has(text) || lists.some((list) => list.has(text));
  const elsewhere = new Elsewhere(failed);
  return found.filter((near) => ![near.program, m.program].some((program) => elsewhere.fits(program, near, there)));
}

type CodePlace = Pick<NearWord, "program" | "pc">;

/**
 * The instructions that compared texts for one that failed: itself, or where it gave up a long choice, those of the alternatives
 * that could be near-misses, in their order, whichever of them were tried one by one.
 */
function comparing(
  origin: CodePlace,
  all: readonly CodePlace[],
  units: Uint16Array,
  from: number,
  end: number,
): readonly CodePlace[] {
  const { program, pc } = origin;
  const words = program.wordsAt(pc);
  if (words === undefined) {
    const isListed = all.some((one) => one.program === program && program.wordsAt(one.pc)?.holds(pc, one.pc) === true);
    return isListed ? [] : [origin];
  }
  return words.alike(units, from, end, FEWEST).map((alternative) => {
    let at = (words.targets[alternative] as number) + widthOf(OP.CHOICE);
    while (program.code[at] === OP.ROW) at += widthOf(OP.ROW);
    return { program, pc: at };
  });
}

/**
 * Texts that a grammar has elsewhere. One may agree with the input better than a word that failed: all of it stands there, less of
 * it is missing, or it goes on as the input does.
 */
class Elsewhere {
  readonly #failed: (text: string) => boolean;
  readonly #shortest = new Map<Program, Map<string, number>>();

  /** @param failed whether a text is one of those that failed there. */
  constructor(failed: (text: string) => boolean) {
    this.#failed = failed;
  }

  /** @param seen the units that agree with the word, and the next one. */
  fits(program: Program, { agreed, cutShort, text }: NearWord, seen: string): boolean {
    return cutShort
      ? this.#shortestOf(program, seen.slice(0, agreed)) < text.length
      : this.#shortestOf(program, seen) < Number.POSITIVE_INFINITY;
  }

  /** The length of the shortest text that begins so. */
  #shortestOf(program: Program, beginning: string): number {
    const known = this.#shortest.get(program) ?? new Map<string, number>();
    this.#shortest.set(program, known);
    let shortest = known.get(beginning);
    if (shortest === undefined) {
      shortest = Number.POSITIVE_INFINITY;
      for (const { text } of program.leaves) {
        if (text.length < shortest && text.startsWith(beginning) && WORD.test(text) && !this.#failed(text))
          shortest = text.length;
      }
      known.set(beginning, shortest);
    }
    return shortest;
  }
}

/** Whether enough of a word agrees: half of it where other letters follow, a third where it is cut short. */
function isTelling(agreed: number, length: number, cutShort: boolean): boolean {
  return cutShort ? agreed >= FEWEST && 3 * agreed >= length : agreed >= FEWEST_OF_OTHERS && 2 * agreed >= length;
}

interface Word {
  readonly text: string;
  /** Whether a unit may be its k-th. */
  has(k: number, unit: number): boolean;
}

/** The fixed text that the instruction at a place compares before anything else, if it is a word. */
function wordAt(program: Program, pc: number): Word | undefined {
  const { code, leaves, sets } = program;
  const leaf = code[pc] === OP.LEAF || code[pc] === OP.LEAF_IN_TRIVIA;
  const inside = leaf ? pc + widthOf(OP.LEAF) : pc;
  if (code[inside] === OP.TEXT) {
    const { text, units } = leaves[code[inside + operand.TEXT_LEAF] as number] ?? { text: "", units: [] };
    return isWord(text) ? { text, has: (k, unit) => units[k] === unit } : undefined;
  }
  // a text in any case: a set of characters for each
  const { text } = (leaf ? leaves[code[pc + operand.LEAF_LEAF] as number] : undefined) ?? { text: "" };
  if (!isWord(text)) return undefined;
  const first = code[inside] === OP.MARK ? inside + widthOf(OP.MARK) : inside;
  const setOf = (k: number) => {
    const at = first + k * widthOf(OP.SET);
    return code[at] === OP.SET ? sets[code[at + operand.SET_SET] as number] : undefined;
  };
  for (let k = 0; k < text.length; k++) if (setOf(k)?.has(text.charCodeAt(k)) !== true) return undefined;
  return { text, has: (k, unit) => setOf(k)?.has(unit) === true };
}

function isWord(text: string): boolean {
  return text.length > FEWEST && WORD.test(text) && !SURROGATE.test(text);
}
