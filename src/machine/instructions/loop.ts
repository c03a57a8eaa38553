// The loop that runs a program. All its state is in the machine before it is entered and after it is left: leaving it anywhere
// and entering it again changes nothing. It never recurses, and allocates no object of its own.
//
// Instructions and frames are numbers here, with their names beside them: a `switch` over literals becomes a jump table
// (half the speed without it), and TypeScript does not inline names under isolated modules.
//
// Space after tokens is mostly one character repeated (an indentation): the class table is read once for each run of it.
//
// A character that the class table does not know is looked up (`member`); the program may have another table after that.
//
// How an instruction ends: `continue` goes on at `pc`; `break` is a failure at `pos`; `break main` leaves the loop with `status`, which
// begins as INPUT: an instruction that waits leaves with nothing changed, and runs again when there is more input.
//
// The short names: `u` the units of the window, `st`, `at` and `vals` the arrays of the stack (small integers, offsets, values), `cls` the
// class table, `text` the last piece as a string and `shift` the place in the window where it begins (NONE, which no place reaches, if
// there is none), `cap` how many slots the stack may use.
import type { Program, RuleEntry } from "../../compile/code/program.ts";
import type { Format } from "../../grammar/node.ts";
import { type Problem, Refusal } from "../../grammar/problem.ts";
import { Checkpoint, Success } from "../emission/internal-event.ts";
import { handOut } from "../emission/pieces.ts";
import { isOpenHere, noteOpened } from "../failure/open.ts";
import { CONTEXT } from "../failure/record.ts";
import { isLeafKnown, refine, setProblem, setProblemAround } from "../failure/refine.ts";
import { shortage, tooFew } from "../failure/shortage.ts";
import { NOT_UNDERSTOOD, understood } from "../failure/understood.ts";
import { appended, arrayOf, joined, recordOf, tupleOf } from "../memory/build-values.ts";
import { NONE, QUIET } from "../memory/frames.ts";
import { apart } from "../memory/window.ts";
import { member, wide } from "../reading/character.ts";
import { decimal, reached } from "../reading/decimal.ts";
import { find } from "../reading/find.ts";
import { keyAt } from "../reading/keys.ts";
import { longest, progress, UNDECIDED } from "../reading/longest.ts";
import { readScan } from "../reading/scan.ts";
import { defer, insideRule } from "./deferred.ts";
import { tooDeep, tooLong, tooMany } from "./limits.ts";
import type { Machine } from "./machine.ts";
import { maySkip } from "./recovery.ts";
import { STATUS, type Status } from "./status.ts";

/** A function of `fold`. */
type Step = (sum: unknown, value: unknown) => unknown;

/** Runs until the machine is done, failed, or can't go on by itself. */
export function loop(m: Machine): Status {
  const { window, failure, keys } = m;
  const { units: u, base, closed } = window;
  const { program } = m;
  const { ints: st, offsets: at, values: vals } = m.stack;
  const { code, constants, functions, jumps } = program;
  const { classes } = m;
  let cls = classes.table;
  // from this place of the window on, a text is a slice of the last chunk, if it may keep that in memory
  const { text } = window;
  const shift = window.binary || window.copies ? NONE : window.textAt - base;
  const cap = st.length - 8;
  const { passedBarrier } = m.usage;
  // `| 0` makes all of them integers: a field may hold an integer as a double since an earlier run
  const end = window.end | 0;
  let { val } = m;
  let pc = m.pc | 0;
  let pos = m.pos | 0;
  let sp = m.sp | 0;
  let fp = m.fp | 0;
  let rule = m.rule | 0;
  let cut = m.cut | 0;
  let far = m.far | 0;
  let farPc = m.farPc | 0;
  let farPc2 = m.farPc2 | 0;
  let farRule = m.farRule | 0;
  let stale = m.stale | 0;
  let left = m.left | 0;
  let labelAt = m.labelAt | 0;
  let fuel = m.fuel | 0;
  let status: Status = STATUS.INPUT;
  main: for (;;) {
    if (--fuel < 0) {
      status = STATUS.FUEL;
      break;
    }
    switch (code[pc]!) {
      // <instructions>
      default:
        throw new Error(`no instruction ${code[pc]} at ${pc}`);
    }

    // a failure: recorded if it is among the farthest, unless it only goes on (pc 0)
    if (pc !== 0) {
      note(pc);
      noteOpen();
      if (m.holding) m.settleFailure(fp, base + pos, cut);
    }
    for (;;) {
      if (cut !== 0 && m.returnMark === NONE && far !== QUIET && m.recoveries.open === 0) {
        leave(STATUS.FAILED);
      }
      if (fp < 0) {
        pc = 0;
        leave(STATUS.THAW_FRAME);
      }
      sp = fp;
      const link = st[sp]!;
      const kind = st[sp + 1]!;
      fp = sp - (link >> 1);
      if (kind > 0) {
        if (cut === 0 && at[sp]! === base + pos) {
          if (m.holding) m.dropHeld(sp);
          cut = link & 1;
          pc = kind;
          continue main;
        }
        cut |= link & 1;
        continue;
      }
      switch (kind) {
        // <frames>
        default:
          continue;
      }
    }
  }
  m.pc = pc;
  m.pos = pos;
  m.sp = sp;
  m.fp = fp;
  m.rule = rule;
  m.val = val;
  m.cut = cut;
  m.far = far;
  m.farPc = farPc;
  m.farPc2 = farPc2;
  m.farRule = farRule;
  m.stale = stale;
  m.left = left;
  m.labelAt = labelAt;
  m.fuel = fuel;
  return status;
}
