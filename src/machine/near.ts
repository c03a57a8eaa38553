// Words that nearly stand where the parse failed: of the fixed texts that failed there, those that agree with the input
// farthest. Nothing is looked at but what their own comparisons have looked at: it is here however the input was cut up.
import { OP } from "../compile/index.ts";
import { widthOf } from "../compile/instructions.ts";
import type { Program } from "../compile/program.ts";
import type { Machine } from "./machine.ts";

/** A word that could have been meant. */
export interface Near {
  readonly text: string;
  /** Its first units that are there. */
  readonly agreed: number;
  /** Nothing of a word comes after these: the rest of it is missing. */
  readonly cutShort: boolean;
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
  let found: Near[] = [];
  for (const { program, pc } of m.record().makers()) {
    const word = program.tells(pc) ? wordAt(program, pc) : undefined;
    if (word === undefined || found.some(({ text }) => text === word.text)) continue;
    const { text } = word;
    let agreed = 0;
    while (agreed < text.length && from + agreed < end && word.has(agreed, units[from + agreed] as number)) agreed++;
    const ended = from + agreed === end;
    if (agreed === text.length || (ended && !closed)) continue;
    const cutShort = ended || !LETTER.test(String.fromCharCode(units[from + agreed] as number));
    if (!isTelling(agreed, text.length, cutShort)) continue;
    const farthest = found[0]?.agreed ?? 0;
    if (agreed > farthest) found = [{ text, agreed, cutShort }];
    else if (agreed === farthest) found.push({ text, agreed, cutShort });
  }
  return found;
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
    const { text, units } = leaves[code[inside + 1] as number] ?? { text: "", units: [] };
    return isWord(text) ? { text, has: (k, unit) => units[k] === unit } : undefined;
  }
  // a text in any case: a set of characters for each
  const { text } = (leaf ? leaves[code[pc + 1] as number] : undefined) ?? { text: "" };
  if (!isWord(text)) return undefined;
  const first = code[inside] === OP.MARK ? inside + widthOf(OP.MARK) : inside;
  const setOf = (k: number) => {
    const at = first + k * widthOf(OP.SET);
    return code[at] === OP.SET ? sets[code[at + 3] as number] : undefined;
  };
  for (let k = 0; k < text.length; k++) if (setOf(k)?.has(text.charCodeAt(k)) !== true) return undefined;
  return { text, has: (k, unit) => setOf(k)?.has(unit) === true };
}

function isWord(text: string): boolean {
  return text.length > FEWEST && WORD.test(text) && !SURROGATE.test(text);
}
