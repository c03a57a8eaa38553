// What would follow a closer that is missing, or a word of which the end is: a machine of its own goes on as if it had been there.
// No function of the user is called, and of the input it sees what it is given, so that the answer does not depend on the chunks.
import { OP, widthOf } from "../../compile/code/instructions.ts";
import type { Program } from "../../compile/code/program.ts";
import { loop } from "../control/loop.ts";
import { Machine } from "../control/machine.ts";
import { silently } from "../control/options.ts";
import { Registers } from "../control/registers.ts";
import { STATUS } from "../control/status.ts";
import { FailureRecord } from "../failure/record.ts";
import * as slot from "../memory/frame-slots.ts";
import { FRAME } from "../memory/frames.ts";
import { freeze } from "../memory/frozen.ts";
import { Input } from "../memory/input.ts";
import type { FrozenStack } from "../memory/stack.ts";
import { thaw } from "../memory/thawing.ts";
import { PositionsState } from "../positions/positions-state.ts";
import type { NearWord } from "./near-miss.ts";

/** Instructions that a trial may take, and frames that it looks at before. */
const MOST_INSTRUCTIONS = 10_000;
const MOST_FRAMES = 4096;

/** Registers of a machine where a trial begins. */
interface Beginning {
  readonly program: Program;
  readonly pc: number;
  readonly sp: number;
  readonly fp: number;
  readonly rule: number;
}

/** On no frames: what stood on the stack is not known any more. */
const onNothing = (program: Program, pc: number): Beginning => ({ program, pc, sp: 0, fp: -1, rule: -1 });

/** Whether the parse could go on behind a word with what stands behind its beginning; unknown: perhaps. */
export function mayGoOn(m: Machine, { program, pc, text, agreed }: NearWord): boolean {
  const { window, farthest } = m;
  const at = farthest - window.base + agreed;
  if (at >= window.end) return true;
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  const bottom = { shift: 0, frozen: undefined };
  try {
    const trial = trialMachine(m, onNothing(program, pc), [...units, window.units[at] as number], false, bottom);
    trial.fuel = MOST_INSTRUCTIONS;
    for (;;) {
      const status = loop(trial);
      if (status === STATUS.GROW) trial.stack.grow();
      else if (status === STATUS.EMITTED) trial.emissions.take();
      // a failure that would go on into what is not known, or for want of a limit that is not known
      else if (status === STATUS.FAILED) return endsFrame(trial);
      else return status !== STATUS.THAW_FRAME || trial.pc !== 0;
    }
  } catch {
    return true; // it would take the functions of the user to know
  }
}

/** Whether a machine has failed where a part of the input with an end of its own ends. */
function endsFrame({ pc, program: { code } }: Machine): boolean {
  return code[pc] === OP.EOF && code[pc + widthOf(OP.EOF)] === OP.WITHIN_END;
}

/** Whether the parse could go on behind what closes the innermost bracket with what stands there; unknown: perhaps. */
export function mayFollow(m: Machine): boolean {
  const { units, base } = m.window;
  const at = m.farthest - base;
  // the closer may take space behind itself
  if (/^\s$/.test(String.fromCharCode(units[at] as number))) return true;
  const paired = ((units[at] as number) & 0xfc00) === 0xd800 && ((units[at + 1] as number) & 0xfc00) === 0xdc00;
  const status = statusAfter(m, Array.from(units.subarray(at, at + (paired ? 2 : 1))), false);
  return status !== STATUS.FAILED;
}

/** Whether the input would be whole with what closes the innermost bracket and these texts behind it. */
export function wouldEnd(m: Machine, texts: readonly string[]): boolean {
  const text = texts.join("");
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  return statusAfter(m, units, true) === STATUS.DONE;
}

/** How a machine comes to rest that goes on behind the closer; nothing if that can't be tried. */
function statusAfter(m: Machine, text: readonly number[], ended: boolean): number | undefined {
  const begin = m.options.binary ? undefined : beginning(m);
  if (begin === undefined) return undefined;
  try {
    const { ints, offsets, values, shift, frozen } = m.stack;
    const { sp: length } = begin;
    const below = length === 0 ? frozen : freeze(frozen, { ints, offsets, values, length });
    const trial = trialMachine(m, begin, text, ended, { shift: shift + length, frozen: below });
    trial.hasFuelLimit = true;
    trial.fuel = MOST_INSTRUCTIONS;
    let status = trial.step();
    for (; status === STATUS.EMITTED; status = trial.step()) trial.emissions.take();
    return status;
  } catch {
    return undefined; // it would take the functions of the user to know
  }
}

/** Behind the closer, if the frames are there that were when it failed. */
function beginning(m: Machine): Beginning | undefined {
  const { opened, stack } = m;
  const [bracket] = opened?.brackets ?? [];
  const closer = bracket?.closer;
  if (opened === undefined || closer === undefined || m.offset !== m.farthest || !callsOnly(m)) return undefined;
  let { program } = m;
  let depth = stack.shift + m.fp;
  let top = stack.shift + m.sp;
  let rule = stack.shift + m.rule;
  if (closer.quotes) {
    if (opened.frame !== depth) return undefined;
  } else {
    for (;;) {
      const kind = stack.kindAt(depth);
      if (kind === FRAME.OPENED) break;
      if (kind === FRAME.RUN) return undefined;
      if (kind === FRAME.PROGRAM) program = stack.valueAt(depth) as Program;
      if (kind === FRAME.RULE) rule = depth - (stack.intAt(depth + slot.RULE_OUTER) ?? 0);
      top = depth;
      depth = stack.belowAt(depth);
    }
    if (stack.offsetAt(depth) !== bracket?.at) return undefined;
  }
  // the run is over: what it has frozen may be thawed
  if (top < stack.shift) thaw(m, stack.shift - top);
  const { shift } = stack;
  return { program, pc: closer.to, sp: top - shift, fp: depth - shift, rule: rule - shift };
}

/** Whether nothing that a function returned is open: its code could not go on without functions. */
function callsOnly({ stack, fp }: Machine): boolean {
  let depth = stack.shift + fp;
  for (let i = 0; i < MOST_FRAMES; i++, depth = stack.belowAt(depth)) {
    const kind = stack.kindAt(depth);
    if (kind === FRAME.RUN) return true;
    if (kind === FRAME.PROGRAM && (stack.offsetAt(depth + slot.PROGRAM_RETURN_TO) ?? 0) >= 0) return false;
  }
  return false;
}

function trialMachine(
  m: Machine,
  { program: code, pc, sp, fp, rule }: Beginning,
  text: readonly number[],
  ended: boolean,
  stack: FrozenStack,
): Machine {
  const { recover: _, ...options } = silently(m.options);
  const program = code.withoutFunctions();
  const base = m.farthest;
  const input = new Input(false, options.decode);
  if (ended) input.end();
  const units = Uint16Array.from(text);
  const view = {
    covered: { at: -1, unit: 0 },
    base,
    filled: units.length,
    text: "",
    textAt: base + units.length,
    ended,
    joined: undefined,
  };
  const registers = new Registers(program);
  registers.pc = pc;
  registers.fp = fp - sp;
  registers.rule = rule - sp;
  registers.boundary = m.boundary - sp;
  registers.cut = 1;
  registers.start = m.start;
  registers.usage = m.usage;
  registers.holding = m.holding;
  registers.begun = true;
  const places = new PositionsState();
  places.gone = base;
  const trial = Machine.from({
    offset: base,
    watermark: base,
    registers,
    stack,
    failure: new FailureRecord([program]),
    positions: places,
    emissions: m.emissions.copy(),
    window: { ...view, units, withinEnd: Number.POSITIVE_INFINITY, barrier: Number.POSITIVE_INFINITY },
    input,
    options,
  });
  trial.positions.nowhere();
  return trial;
}
