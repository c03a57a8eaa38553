// Words that nearly stand where the parse failed: of the fixed texts that failed there, those that agree with the input
// farthest, unless a text that the grammar has elsewhere agrees better: that is probably meant as itself, and something else is
// missing before it. Nothing is looked at but what their own comparisons have looked at: it is here however the input was cut up.

import { OP, widthOf } from "../../compile/code/instructions.ts";
import * as operand from "../../compile/code/operands.ts";
import type { Program } from "../../compile/code/program.ts";
import type { Machine } from "../control/machine.ts";

/** A word that could have been meant. */
export interface Near {
  readonly text: string;
  /** Its first units that are there. */
  readonly agreed: number;
  /** Nothing of a word comes after these: the rest of it is missing. */
  readonly cutShort: boolean;
  /** The instruction that reads it. */
  readonly program: Program;
  readonly pc: number;
}

/** As few units tell nothing. */
const FEWEST = 2;
const FEWEST_OF_OTHERS = 3;
/** Words of one plane, so that no unit is half of a character. */
const WORD = /^[\p{L}\p{M}\p{N}_-]+$/u;
const SURROGATE = /[\ud800-\udfff]/;
const LETTER = /[\p{L}\p{M}\p{N}_\p{Cs}]/u;

/** The words among what failed at the farthest place that agree with the input there as far as any, each once. */
export function nearest(m: Machine): Near[] {
  const { window, options } = m;
  if (options.binary) return [];
  const from = m.farthest - window.base;
  const { units, end, closed } = window;
  const words = new Set<string>();
  let found: Near[] = [];
  for (const { program, pc } of m.record().makers()) {
    const word = program.tells(pc) ? wordAt(program, pc) : undefined;
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
  return found.filter(
    (near) => ![near.program, m.program].some((program) => fitsBetter(textsOf(program), near, there, words)),
  );
}

/** So many texts with the same beginning are compared. */
const MOST_ALIKE = 64;

/**
 * Whether a text that the grammar has elsewhere agrees with the input better than a word that failed there: it stands there
 * whole, less of it is missing, or it goes on as the input does.
 *
 * @param seen the units that the word agrees with, and the next one; @param words all that failed there.
 */
function fitsBetter(elsewhere: readonly string[], near: Near, seen: string, words: ReadonlySet<string>): boolean {
  const { agreed, cutShort, text } = near;
  const there = cutShort ? seen.slice(0, agreed) : seen;
  const first = firstFrom(elsewhere, there);
  for (let k = first; k < first + MOST_ALIKE && elsewhere[k]?.startsWith(there) === true; k++) {
    const other = elsewhere[k] as string;
    if (!words.has(other) && (!cutShort || other.length < text.length)) return true;
  }
  return false;
}

const known = new WeakMap<Program, readonly string[]>();

/** The words among the fixed texts of a program, sorted. */
function textsOf(program: Program): readonly string[] {
  let texts = known.get(program);
  if (texts === undefined) {
    texts = [...new Set(program.leaves.map(({ text }) => text))].filter((text) => WORD.test(text)).sort();
    known.set(program, texts);
  }
  return texts;
}

/** The place of the first of the sorted texts that is not below a text. */
function firstFrom(texts: readonly string[], text: string): number {
  let [low, high] = [0, texts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((texts[middle] as string) < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether so much of a word is likely to be meant as it: of a word that goes on as another, half; of one cut short, a third. */
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
  const leaf = code[pc] === OP.LEAF || code[pc] === OP.ALOUD;
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
