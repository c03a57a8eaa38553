// Made by scripts/instructions.mjs from src/machine/instructions/: change it there.
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
      case /* HALT */ 0:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        status = st[fp + 1]! === -1 /* frame RUN */ ? STATUS.DONE : STATUS.LEAVE;
        break main;
      case /* JUMP */ 1:
        pc = code[pc + 1]!;
        continue;
      case /* CALL */ 2:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp++] = pc + 2;
        pc = code[pc + 1]!;
        continue;
      case /* RET */ 3:
        if (sp === 0) {
          status = STATUS.THAW_TOP;
          break main;
        }
        pc = st[--sp]!;
        continue;
      case /* RULE */ 4:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -8 /* frame RULE */;
        st[sp + 2] = sp - rule;
        at[sp] = base + pos;
        at[sp + 1] = pc + 3;
        vals[sp] = program.rules[code[pc + 2]!];
        fp = sp;
        sp += 3;
        rule = fp;
        pc = code[pc + 1]!;
        continue;
      case /* RULE_RET */ 5:
      case /* RULE_RET_DEFERRED */ 6:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        sp = fp;
        if (code[pc]! === 6 /* RULE_RET_DEFERRED */)
          m.deferred = insideRule(m.deferred, vals[sp] as RuleEntry, at[sp]!);
        rule = sp - st[sp + 2]!;
        if (farRule === sp) {
          // one that began at the failure is named only if all that failed there did so in it (semantics, rule 7)
          const holdsAll = at[sp]! !== base + far || (farPc !== 0 && farPc2 === 0) || sp <= failure.shared;
          if (holdsAll && left < CONTEXT) {
            failure.starts[left] = at[sp]!;
            failure.rules[left++] = vals[sp] as RuleEntry;
          }
          farRule = rule;
        }
        fp = sp - (st[sp]! >> 1);
        pc = at[sp + 1]! | 0;
        continue;
      case /* DEFER */ 7:
        m.deferred = defer(m.deferred, program, code[pc + 1]!);
        pc += 2;
        continue;
      case /* RUN_DEFERRED */ 8: {
        if (m.deferred === undefined) {
          pc = code[pc + 1]!;
          continue;
        }
        if (m.deferred.program !== program) {
          status = STATUS.RUN_DEFERRED;
          break main;
        }
        // room for the rules that a diagnostic names
        if (sp + 3 * CONTEXT >= cap) {
          status = STATUS.GROW;
          break main;
        }
        // the rules around it are open again; the one that ends last comes back here
        let back = pc;
        for (let left = m.deferred.rules; left !== undefined; left = left.inner) {
          st[sp] = (sp - fp) << 1;
          st[sp + 1] = -8 /* frame RULE */;
          st[sp + 2] = sp - rule;
          at[sp] = left.start;
          at[sp + 1] = back;
          vals[sp] = left.entry;
          fp = sp;
          sp += 3;
          rule = fp;
          back = program.deferredEnd;
        }
        st[sp++] = back;
        pc = m.deferred.pc;
        m.deferred = m.deferred.next;
        if (m.breaksOff) {
          status = STATUS.EMITTED;
          break main;
        }
        continue;
      }
      case /* LINK */ 9:
        status = STATUS.LINK;
        break main;
      case /* BIND */ 10:
        status = STATUS.ENTER;
        break main;
      case /* LEFT_RECURSION */ 11:
        if (code[pc + 2]! === 1 && !isOpenHere(m.stack, rule)) {
          pc += 3;
          continue;
        }
        m.fatal("E4001", program.messages[code[pc + 1]!] ?? "", base + pos);
        status = STATUS.FATAL;
        break main;
      case /* PUSH */ 12:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        vals[sp++] = val;
        pc += 1;
        continue;
      case /* POP */ 13:
        if (sp === 0) {
          status = STATUS.THAW_TOP;
          break main;
        }
        val = vals[--sp];
        pc += 1;
        continue;
      case /* CONST */ 14:
        val = constants[code[pc + 1]!];
        pc += 2;
        continue;
      case /* MAP */ 15:
        val = functions[code[pc + 1]!]!(val);
        pc += 2;
        continue;
      case /* TUPLE */ 16: {
        const count = code[pc + 1]!;
        if (sp < count - 1) {
          status = STATUS.THAW_TOP;
          break main;
        }
        if (count > 1) sp -= count - 1;
        val = tupleOf(vals, sp, count, val);
        pc += 2;
        continue;
      }
      case /* FOLD */ 17:
        if (sp === 0) {
          status = STATUS.THAW_TOP;
          break main;
        }
        vals[sp - 1] = (functions[code[pc + 1]!]! as Step)(vals[sp - 1], val);
        pc += 2;
        continue;
      case /* EMIT */ 18:
        pc += 1;
        // where code is deferred, the machine rests when that begins
        if (m.emit(val, sp, fp, base + pos, cut) && m.deferred === undefined) {
          status = STATUS.EMITTED;
          break main;
        }
        continue;
      case /* CHAR */ 19:
        if (u[pos]! === code[pc + 1]!) {
          pos++;
          pc += 2;
          continue;
        }
        if (pos === end && !closed) break main;
        break;
      case /* SET */ 20: {
        const kind = cls[code[pc + 1]! + u[pos]!]!;
        if ((kind & code[pc + 2]!) !== 0) {
          pos++;
          pc += 4;
          continue;
        }
        if (kind < 128) break;
        if (pos === end) {
          if (closed) break;
          break main;
        }
        const width = member(window, classes, code[pc + 1]!, code[pc + 3]!, pos);
        cls = classes.table;
        if (width === 0) break;
        pos += width;
        pc += 4;
        continue;
      }
      case /* SPAN */ 21: {
        const offset = code[pc + 1]!;
        const bit = code[pc + 2]!;
        for (;;) {
          while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
          if (cls[offset + u[pos]!]! < 128 || pos === end) break;
          const width = member(window, classes, offset, code[pc + 3]!, pos);
          cls = classes.table;
          if (width === 0) break;
          pos += width;
        }
        if (pos === end && !closed) break main;
        pc += 4;
        continue;
      }
      case /* UNTIL */ 22: {
        const place = find(window, program.leaves[code[pc + 1]!]!, pos);
        pos = place < 0 ? ~place : place;
        if (place >= 0) {
          pc += 2;
          continue;
        }
        if (!closed) break main;
        pos = end;
        break;
      }
      case /* TAKE */ 23:
      case /* TAKE_COUNT */ 24: {
        const length = code[pc]! === 23 /* TAKE */ ? code[pc + 1]! : (val as number);
        const more = pc + 2;
        if (end - pos >= length) {
          val = window.bytes(pos, pos + length);
          pos += length;
          pc = more + 1;
          continue;
        }
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        if (closed && (code[pc]! === 23 /* TAKE */ || code[pc + 1]! === 0)) break;
        m.mark(sp, base + pos);
        m.markReturn(sp, base + pos);
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | cut;
        st[sp + 1] = -5 /* frame LEAF */;
        st[sp + 2] = pc;
        at[sp] = base + pos;
        at[sp + 1] = far === QUIET ? Number.POSITIVE_INFINITY : base + far;
        vals[sp] = length;
        fp = sp;
        sp += 3;
        far = QUIET;
        pc = more;
        continue;
      }
      case /* MORE */ 25: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        const start = (at[fp]! - base) | 0;
        const length = vals[fp] as number;
        if (end - start < length) {
          pos = end;
          if (!closed) break main;
          const taking = st[fp + 2]!;
          if (code[taking]! === 24 /* TAKE_COUNT */ && code[taking + 1]! === 1)
            setProblem(m, fp, tooFew(m, at[fp]!, length));
          break;
        }
        pos = start + length;
        val = window.bytes(start, pos);
        far = at[fp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[fp + 1]! - base) | 0;
        m.unmark(fp);
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pc += 1;
        continue;
      }
      case /* READ */ 26: {
        const format = constants[code[pc + 1]!] as Format;
        const width = format.width > 0 ? format.width : format.measure(u, pos, end);
        if (end - pos < width) {
          if (closed) break;
          break main;
        }
        val = format.read(u, pos, width);
        pos += width;
        pc += 2;
        continue;
      }
      case /* PRIMITIVE */ 27:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        m.mark(sp, base + pos);
        m.markReturn(sp, base + pos);
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | cut;
        st[sp + 1] = -5 /* frame LEAF */;
        st[sp + 2] = pc;
        at[sp] = base + pos;
        at[sp + 1] = far === QUIET ? Number.POSITIVE_INFINITY : base + far;
        vals[sp] = program.leaves[code[pc + 1]!]!.leaf!.start;
        fp = sp;
        sp += 3;
        far = QUIET;
        m.wanted = program.leaves[code[pc + 1]!]!.leaf!.least ?? 0;
        pc += 2;
        continue;
      case /* SCAN */ 28: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        if (pos === end && !closed) break main;
        const scan = readScan(program.leaves[code[pc + 1]!]!.leaf!, vals[fp], pos, window);
        if (scan.kind === "more") {
          vals[fp] = scan.state;
          pos = scan.to;
          m.wanted = scan.min;
          break main;
        }
        if (scan.kind === "failed" && scan.at < 0) break;
        far = at[fp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[fp + 1]! - base) | 0;
        m.unmark(fp);
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        if (scan.kind === "failed") {
          pos = scan.at;
          pc -= 2;
          break;
        }
        pos = scan.to;
        val = scan.value;
        pc += 2;
        continue;
      }
      case /* LONGEST */ 29: {
        const dfa = program.leaves[code[pc + 1]!]!.dfa!;
        const place = longest(window, dfa, pos, dfa.start, dfa.nullable ? pos : -1);
        if (place >= 0) {
          if (code[pc + 2]! !== 0)
            val = pos >= shift ? text.slice(pos - shift, place - shift) : window.slice(pos, place);
          pos = place;
          pc += 3 + 3;
          continue;
        }
        if (place !== UNDECIDED) break;
        // the chunk ends inside: the frame keeps how far it came
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        m.mark(sp, base + pos);
        m.markReturn(sp, base + pos);
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | cut;
        st[sp + 1] = -5 /* frame LEAF */;
        st[sp + 2] = pc;
        at[sp] = base + pos;
        at[sp + 1] = far === QUIET ? Number.POSITIVE_INFINITY : base + far;
        at[sp + 2] = progress.match < 0 ? -1 : base + progress.match;
        vals[sp] = progress.state;
        fp = sp;
        sp += 3;
        far = QUIET;
        pos = end;
        pc += 3;
        break main;
      }
      case /* LONGER */ 30: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        const dfa = program.leaves[code[pc + 1]!]!.dfa!;
        const match = at[fp + 2]! < 0 ? -1 : (at[fp + 2]! - base) | 0;
        const place = longest(window, dfa, pos, vals[fp] as number, match);
        if (place === UNDECIDED) {
          vals[fp] = progress.state;
          at[fp + 2] = progress.match < 0 ? -1 : base + progress.match;
          pos = end;
          break main;
        }
        if (place < 0) break;
        if (code[pc + 2]! !== 0) {
          const start = (at[fp]! - base) | 0;
          val = start >= shift ? text.slice(start - shift, place - shift) : window.slice(start, place);
        }
        far = at[fp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[fp + 1]! - base) | 0;
        m.unmark(fp);
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pos = place;
        pc += 3;
        continue;
      }
      case /* EOF */ 31:
        if (pos < end) break;
        if (!closed) break main;
        pc += 1;
        continue;
      case /* FAIL */ 32:
      case /* MISSED */ 33:
        if (program.problems.has(pc)) {
          if (far !== QUIET) {
            if (pos >= far && pos !== labelAt) failure.refuse(base + pos, pc, program.problems.get(pc)!);
          } else if (isLeafKnown(m, fp)) setProblemAround(m, fp, program.problems.get(pc)!);
          else {
            status = STATUS.THAW_TOP;
            break main;
          }
        } else if (pos === far && stale === 0 && pos !== labelAt && program.isBare(pc)) pc = 0;
        break;
      case /* REFAIL */ 34:
      case /* SCOPE_END */ 35:
        pc = 0;
        break;
      case /* NOT_SET */ 36: {
        const kind = cls[code[pc + 1]! + u[pos]!]!;
        if ((kind & code[pc + 2]!) !== 0) break;
        if (kind >= 128) {
          if (pos === end) {
            if (!closed) break main;
          } else {
            const width = member(window, classes, code[pc + 1]!, code[pc + 3]!, pos);
            cls = classes.table;
            if (width > 0) break;
          }
        }
        pc += 4;
        continue;
      }
      case /* TEST_CHAR */ 37:
        if (u[pos]! === code[pc + 1]!) {
          pos++;
          pc += 3;
          continue;
        }
        if (pos === end && !closed) break main;
        if (pos > far && pos !== labelAt) {
          far = pos;
          farPc = pc;
          farPc2 = 0;
          farRule = rule;
          stale = 0;
          left = 0;
        } else if (pos === far && farPc2 === 0 && farPc !== 0 && stale === 0 && pos !== labelAt) {
          farPc2 = pc;
          failure.shared = rule === farRule || program.isSilent(farPc) ? NONE : farRule;
          farRule = rule;
          left = 0;
        } else if (pos >= far) {
          m.labelAt = labelAt;
          m.rule = rule;
          m.farRule = farRule;
          m.farPc = farPc;
          m.farPc2 = farPc2;
          m.noteSlowly(pc, pos, far, stale);
          far = pos;
          farPc = 0;
          farPc2 = 0;
          farRule = rule;
          stale = 0;
          left = 0;
        }
        pc = code[pc + 2]!;
        continue;
      case /* TEST_SET */ 38: {
        const kind = cls[code[pc + 1]! + u[pos]!]!;
        if ((kind & code[pc + 2]!) !== 0) {
          pc += 5;
          continue;
        }
        if (kind >= 128) {
          if (pos === end) {
            if (!closed) break main;
          } else {
            const width = member(window, classes, code[pc + 1]!, code[pc + 3]!, pos);
            cls = classes.table;
            if (width > 0) {
              pc += 5;
              continue;
            }
          }
        }
        if (pos > far && pos !== labelAt) {
          far = pos;
          farPc = pc;
          farPc2 = 0;
          farRule = rule;
          stale = 0;
          left = 0;
        } else if (pos === far && farPc2 === 0 && farPc !== 0 && stale === 0 && pos !== labelAt) {
          farPc2 = pc;
          failure.shared = rule === farRule || program.isSilent(farPc) ? NONE : farRule;
          farRule = rule;
          left = 0;
        } else if (pos >= far) {
          m.labelAt = labelAt;
          m.rule = rule;
          m.farRule = farRule;
          m.farPc = farPc;
          m.farPc2 = farPc2;
          m.noteSlowly(pc, pos, far, stale);
          far = pos;
          farPc = 0;
          farPc2 = 0;
          farRule = rule;
          stale = 0;
          left = 0;
        }
        pc = code[pc + 4]!;
        continue;
      }
      case /* DISPATCH */ 39: {
        const unit = u[pos]!;
        let target = 0;
        if (unit < 128) target = jumps[(code[pc + 1]! << 7) + unit]!;
        else if (pos < end) target = wide(window, program, code[pc + 1]!, pos);
        else if (!closed) break main;
        if (target === 0) {
          if (code[pc + 2]! === 0) break;
          if (pos > far && pos !== labelAt) {
            far = pos;
            farPc = pc;
            farPc2 = 0;
            farRule = rule;
            stale = 0;
            left = 0;
          } else if (pos === far && farPc2 === 0 && farPc !== 0 && stale === 0 && pos !== labelAt) {
            farPc2 = pc;
            failure.shared = rule === farRule || program.isSilent(farPc) ? NONE : farRule;
            farRule = rule;
            left = 0;
          } else if (pos >= far) {
            m.labelAt = labelAt;
            m.rule = rule;
            m.farRule = farRule;
            m.farPc = farPc;
            m.farPc2 = farPc2;
            m.noteSlowly(pc, pos, far, stale);
            far = pos;
            farPc = 0;
            farPc2 = 0;
            farRule = rule;
            stale = 0;
            left = 0;
          }
          pc = code[pc + 2]!;
          continue;
        }
        pos += target & 1;
        pc = target >> 1;
        continue;
      }
      case /* WORDS */ 40: {
        const words = program.words[code[pc + 1]!]!;
        const alternative = words.find(u, pos, end, closed, code[pc + 2]!);
        pc = alternative < 0 ? code[pc + 3]! : words.targets[alternative]!;
        continue;
      }
      case /* GIVE_UP */ 41:
        if (pos > far && pos !== labelAt) {
          far = pos;
          farPc = code[pc + 1]!;
          farPc2 = 0;
          farRule = rule;
          stale = 0;
          left = 0;
        } else if (pos === far && farPc2 === 0 && farPc !== 0 && stale === 0 && pos !== labelAt) {
          farPc2 = code[pc + 1]!;
          failure.shared = rule === farRule || program.isSilent(farPc) ? NONE : farRule;
          farRule = rule;
          left = 0;
        } else if (pos >= far) {
          m.labelAt = labelAt;
          m.rule = rule;
          m.farRule = farRule;
          m.farPc = farPc;
          m.farPc2 = farPc2;
          m.noteSlowly(code[pc + 1]!, pos, far, stale);
          far = pos;
          farPc = 0;
          farPc2 = 0;
          farRule = rule;
          stale = 0;
          left = 0;
        }
        pc += 2;
        continue;
      case /* LIST */ 42:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -11 /* frame LIST */;
        fp = sp;
        sp += 2;
        pc += 1;
        continue;
      case /* ADD */ 43:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        vals[sp++] = val;
        pc = code[pc + 1]!;
        continue;
      case /* LIST_END */ 44:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        val = arrayOf(vals, fp + 2, sp);
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pc += 1;
        continue;
      case /* RECORD_END */ 45:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        val = recordOf(vals, fp + 2, sp);
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pc += 1;
        continue;
      case /* COLLECT */ 46: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        if (cut !== 0 && m.holding) m.settleScope(fp, base + pos);
        const frame = fp;
        const pushed = sp - frame - 2;
        cut = st[frame]! & 1;
        fp = frame - (st[frame]! >> 1);
        for (let i = 0; i < pushed; i++) vals[frame + i] = vals[frame + 2 + i];
        sp = frame + pushed;
        vals[sp++] = val;
        pc = code[pc + 1]!;
        continue;
      }
      case /* COUNTER */ 47:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -12 /* frame COUNTER */;
        at[sp + 1] = 0;
        fp = sp;
        sp += 2;
        pc += 1;
        continue;
      case /* COUNT */ 48:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        at[fp + 1] = at[fp + 1]! + 1;
        pc = code[pc + 1]!;
        continue;
      case /* TALLY */ 49:
        if (fp < 0 || fp - (st[fp]! >> 1) < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        if (cut !== 0 && m.holding) m.settleScope(fp, base + pos);
        sp = fp;
        cut = st[sp]! & 1;
        fp = sp - (st[sp]! >> 1);
        at[fp + 1] = at[fp + 1]! + 1;
        pc = code[pc + 1]!;
        continue;
      case /* COUNTER_END */ 50:
      case /* COUNTER_DROP */ 51:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        if (code[pc]! === 50 /* COUNTER_END */) val = at[fp + 1]!;
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pc += 1;
        continue;
      case /* TIMES */ 52:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        if (!((val as number) > 0)) {
          pc = code[pc + 2]!;
          continue;
        }
        m.counted = true;
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -13 /* frame TIMES */;
        at[sp] = base + pos;
        at[sp + 1] = val as number;
        vals[sp] = code[pc + 1]!;
        fp = sp;
        sp += 2;
        pc += 3;
        continue;
      case /* TIMES_ADD */ 53:
      case /* TIMES_NEXT */ 54: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        const more = at[fp + 1]! - 1;
        const units = vals[fp];
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        if (code[pc]! === 53 /* TIMES_ADD */) vals[sp++] = val;
        if (more <= 0) {
          pc += 2;
          continue;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -13 /* frame TIMES */;
        at[sp] = base + pos;
        at[sp + 1] = more;
        vals[sp] = units;
        fp = sp;
        sp += 2;
        pc = code[pc + 1]!;
        continue;
      }
      case /* UNTIL_LENGTH */ 55:
        // the frame may lie frozen far below: its slot number alone says how many values stand above it
        pc = sp - fp - 2 >= code[pc + 1]! ? code[pc + 2]! : pc + 3;
        continue;
      case /* UNTIL_COUNT */ 56:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        pc = at[fp + 1]! >= code[pc + 1]! ? code[pc + 2]! : pc + 3;
        continue;
      case /* PROGRESS */ 57:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        if (at[fp]! === base + pos) {
          m.fatal("E3001", program.repetitionAt(pc), base + pos);
          status = STATUS.FATAL;
          break main;
        }
        pc += 1;
        continue;
      case /* CHOICE */ 58:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | cut;
        st[sp + 1] = code[pc + 1]!;
        at[sp] = base + pos;
        fp = sp;
        sp += 2;
        cut = 0;
        pc += 2;
        continue;
      case /* COMMIT */ 59:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        if (cut !== 0 && m.holding) m.settleScope(fp, base + pos);
        sp = fp;
        cut = st[sp]! & 1;
        fp = sp - (st[sp]! >> 1);
        pc = code[pc + 1]!;
        continue;
      case /* ATTEMPT */ 60:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        m.mark(sp, base + pos);
        m.markReturn(sp, base + pos);
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | cut;
        st[sp + 1] = -2 /* frame ATTEMPT */;
        at[sp] = base + pos;
        fp = sp;
        sp += 2;
        cut = 0;
        pc += 1;
        continue;
      case /* ATTEMPT_END */ 61:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        sp = fp;
        cut = st[sp]! & 1;
        fp = sp - (st[sp]! >> 1);
        m.unmark(sp);
        pc += 1;
        continue;
      case /* LOOKAHEAD */ 62:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        status = STATUS.LOOKAHEAD;
        break main;
      case /* LOOKAHEAD_END */ 63:
        status = fp < 0 ? STATUS.THAW_FRAME : STATUS.LOOKAHEAD_END;
        break main;
      case /* NOT */ 64:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        m.mark(sp, base + pos);
        m.markReturn(sp, base + pos);
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | cut;
        st[sp + 1] = -4 /* frame NOT */;
        st[sp + 2] = pc;
        at[sp] = base + pos;
        at[sp + 1] = far === QUIET ? Number.POSITIVE_INFINITY : base + far;
        fp = sp;
        sp += 3;
        far = QUIET;
        cut = 0;
        pc += 2;
        continue;
      case /* NOT_END */ 65:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        if (at[fp]! < passedBarrier) {
          status = STATUS.REWOUND;
          break main;
        }
        sp = fp;
        cut = st[sp]! & 1;
        fp = sp - (st[sp]! >> 1);
        m.unmark(sp);
        m.dropHeld(sp);
        pos = (at[sp]! - base) | 0;
        far = at[sp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[sp + 1]! - base) | 0;
        pc = st[sp + 2]!;
        break;
      case /* CUT */ 66:
        cut = 1;
        if (far !== QUIET) {
          stale = 1;
          if (far < m.cutFar) m.cutFar = far;
        }
        pc += 1;
        continue;
      case /* CUT_BEGIN */ 67:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | cut;
        st[sp + 1] = -17 /* frame CUT */;
        at[sp] = base + pos;
        fp = sp;
        sp += 2;
        cut = 1;
        if (far !== QUIET) {
          stale = 1;
          if (far < m.cutFar) m.cutFar = far;
        }
        pc += 1;
        continue;
      case /* OPEN */ 68:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | cut;
        st[sp + 1] = -9 /* frame OPENING */;
        at[sp] = base + pos;
        at[sp + 1] = ~pc;
        fp = sp;
        sp += 2;
        pc += 1;
        continue;
      case /* OPENED */ 69:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        if (base + pos > at[fp]!) {
          st[fp] = (st[fp]! & ~1) | cut;
          st[fp + 1] = -10 /* frame OPENED */;
          cut = 1;
          if (far !== QUIET) {
            stale = 1;
            if (far < m.cutFar) m.cutFar = far;
          }
        }
        pc += 1;
        continue;
      case /* BRACKET */ 70:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        if (u[pos]! !== code[pc + 1]!) {
          if (pos === end && !closed) break main;
          break;
        }
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | cut;
        st[sp + 1] = -10 /* frame OPENED */;
        at[sp] = base + pos;
        at[sp + 1] = ~pc;
        fp = sp;
        sp += 2;
        cut = 1;
        pos++;
        if (far !== QUIET) {
          stale = 1;
          if (far < m.cutFar) m.cutFar = far;
        }
        pc += 2;
        continue;
      case /* CLOSING */ 71:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        at[fp + 1] = base + pos;
        vals[fp] = pc;
        failure.closing = base + pos;
        pc += 1;
        continue;
      case /* CLOSE */ 72:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        if (cut !== 0 && m.holding) m.settleScope(fp, base + pos);
        sp = fp;
        if (st[sp + 1]! !== -9 /* frame OPENING */) cut = st[sp]! & 1;
        fp = sp - (st[sp]! >> 1);
        pc += 1;
        continue;
      case /* LABEL */ 73:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -7 /* frame LABEL */;
        st[sp + 2] = m.labelPc;
        at[sp] = base + pos;
        at[sp + 1] = labelAt < 0 ? -1 : base + labelAt;
        vals[sp] = m.labelProgram;
        fp = sp;
        sp += 3;
        if (labelAt !== pos) {
          labelAt = pos;
          m.labelPc = pc;
          m.labelProgram = program;
        }
        pc += 2;
        continue;
      case /* LABEL_END */ 74:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        m.labelPc = st[sp + 2]!;
        labelAt = at[sp + 1]! < 0 ? -1 : Math.max(-1, at[sp + 1]! - base) | 0;
        m.labelProgram = vals[sp] as Program;
        pc += 1;
        continue;
      case /* LEAF */ 75:
      case /* LEAF_IN_TRIVIA */ 76:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        m.mark(sp, base + pos);
        m.markReturn(sp, base + pos);
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | cut;
        st[sp + 1] = -5 /* frame LEAF */;
        st[sp + 2] = pc;
        at[sp] = base + pos;
        at[sp + 1] = far === QUIET ? Number.POSITIVE_INFINITY : base + far;
        fp = sp;
        sp += 3;
        far = QUIET;
        cut = 0;
        pc += 2;
        continue;
      case /* LEAF_END */ 77:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        sp = fp;
        cut = st[sp]! & 1;
        fp = sp - (st[sp]! >> 1);
        far = at[sp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[sp + 1]! - base) | 0;
        m.unmark(sp);
        pc += 1;
        continue;
      case /* QUIET */ 78:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -6 /* frame QUIET */;
        at[sp] = base + pos;
        at[sp + 1] = far === QUIET ? Number.POSITIVE_INFINITY : base + far;
        fp = sp;
        sp += 2;
        far = QUIET;
        pc += 1;
        continue;
      case /* QUIET_END */ 79:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        far = at[sp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[sp + 1]! - base) | 0;
        pc += 1;
        continue;
      case /* TOKEN */ 80:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -18 /* frame TOKEN */;
        st[sp + 2] = sp - m.boundary;
        at[sp] = base + pos;
        vals[sp] = program.labels[code[pc + 1]!];
        fp = sp;
        sp += 3;
        m.boundary = fp;
        pc += 2;
        continue;
      case /* TOKEN_END */ 81:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        m.boundary = sp - st[sp + 2]!;
        pc += 1;
        continue;
      case /* MARK */ 82:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        if (m.textMark === NONE) {
          m.textMark = sp;
          m.textMarkAt = base + pos;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -14 /* frame MARK */;
        at[sp] = base + pos;
        fp = sp;
        sp += 2;
        pc += 3;
        continue;
      case /* SLICE */ 83: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        const start = (at[sp]! - base) | 0;
        val = start >= shift ? text.slice(start - shift, pos - shift) : window.slice(start, pos);
        if (m.textMark === sp) m.textMark = NONE;
        pc += 1;
        continue;
      }
      case /* SLICE_BYTES */ 84:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        val = window.bytes((at[sp]! - base) | 0, pos);
        if (m.textMark === sp) m.textMark = NONE;
        pc += 1;
        continue;
      case /* JOIN */ 85:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -24 /* frame JOIN */;
        at[sp + 1] = 0;
        vals[sp] = code[pc + 1]! === 1 ? val : "";
        fp = sp;
        sp += 2;
        pc += 2;
        continue;
      case /* JOIN_COLLECT */ 87: {
        if (fp < 0 || fp - (st[fp]! >> 1) < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        if (cut !== 0 && m.holding) m.settleScope(fp, base + pos);
        sp = fp;
        cut = st[sp]! & 1;
        fp = sp - (st[sp]! >> 1);
      }
      // falls through
      case /* JOIN_ADD */ 86:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        vals[fp] = appended(vals[fp] as string, val);
        at[fp + 1] = at[fp + 1]! + 1;
        if (tooLong(m, (vals[fp] as string).length, base + pos)) {
          status = STATUS.FATAL;
          break main;
        }
        pc = code[pc + 1]!;
        continue;
      case /* JOIN_END */ 88:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        val = window.copies ? apart(vals[fp] as string) : vals[fp];
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pc += 1;
        continue;
      case /* JOIN_LIST */ 89:
        val = joined(val);
        if (tooLong(m, (val as string).length, base + pos)) {
          status = STATUS.FATAL;
          break main;
        }
        pc += 1;
        continue;
      case /* PIECES */ 90:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -27 /* frame PIECES */;
        at[sp] = base + pos;
        at[sp + 1] = code[pc + 1]! === 1 ? (val as number) : 0;
        vals[sp] = code[pc + 1]!;
        fp = sp;
        sp += 2;
        m.pieceAt = base + pos;
        pc += 2;
        continue;
      case /* PIECES_BYTES */ 91: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        const left = at[fp]! + at[fp + 1]! - base - pos;
        if (end - pos >= left) {
          pos = (pos + left) | 0;
          pc += 1;
          continue;
        }
        pos = end;
        if (!closed) break main;
        break;
      }
      case /* PIECES_END */ 92: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        const left = handOut(m, pos, fp, cut);
        m.pieceAt = Number.POSITIVE_INFINITY;
        val = base + pos - at[fp]!;
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pc += 1;
        if (left && m.emissions.full) {
          status = STATUS.EMITTED;
          break main;
        }
        continue;
      }
      case /* SLICED */ 93: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        const start = (at[fp]! - base) | 0;
        val = start >= shift ? text.slice(start - shift, pos - shift) : window.slice(start, pos);
        pc += 1;
        continue;
      }
      case /* SPANNED */ 94:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -15 /* frame SPANNED */;
        at[sp] = base + pos;
        fp = sp;
        sp += 2;
        pc += 1;
        continue;
      case /* SPANNED_END */ 95:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        val = { value: val, span: m.span(at[sp]!, base + pos, sp) };
        pc += 1;
        continue;
      case /* POSITION */ 96:
        val = m.position(base + pos);
        pc += 1;
        continue;
      case /* REFINE_BEGIN */ 97: {
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        const keeps = code[pc + 1]!;
        if (keeps !== 0) m.mark(sp, base + pos);
        if (keeps === 2) {
          m.markRefined(sp, base + pos);
          if (m.holding) m.lowerHeld(sp);
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -25 /* frame REFINE */;
        at[sp] = base + pos;
        at[sp + 1] = base + far;
        fp = sp;
        sp += 2;
        if (keeps !== 2) st[fp + 1] = keeps === 0 ? -15 /* frame SPANNED */ : -14 /* frame MARK */;
        pc += 2;
        continue;
      }
      case /* REFINE_END */ 98: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        if (far === QUIET && !isLeafKnown(m, fp)) {
          status = STATUS.THAW_TOP;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        const refined = refine(m, pc, val, base + pos, sp, fp, cut);
        m.unmark(sp);
        if (refined instanceof Refusal) {
          const { problem } = refined;
          if (refined.at !== undefined) pos = refined.at - base;
          if (problem !== undefined && far !== QUIET && far > pos && at[sp + 1]! <= base + pos) {
            // what could have followed in what is refused hides nothing (semantics, rule 35)
            far = pos;
            stale = 1;
          }
          if (problem === undefined) {
            if (pos === far && stale === 0 && program.isBare(pc)) pc = 0;
          } else if (far === QUIET) setProblemAround(m, fp, problem);
          else if (pos >= far && pos !== labelAt) failure.refuse(base + pos, pc, problem);
          break;
        }
        val = refined;
        pc += 2;
        continue;
      }
      case /* DECODE */ 99: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        const decoded = understood(functions[code[pc + 1]!]!, val);
        if (decoded === NOT_UNDERSTOOD) {
          pc += 3;
          continue;
        }
        val = decoded;
        m.unmark(fp);
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pc = code[pc + 2]!;
        continue;
      }
      case /* REWIND */ 100: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        if (at[fp]! < passedBarrier) {
          status = STATUS.REWOUND;
          break main;
        }
        m.unmark(fp);
        if (m.holding) m.dropHeld(fp);
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        const start = (at[sp]! - base) | 0;
        val = pos - start;
        pos = start;
        pc += 1;
        continue;
      }
      case /* WITHIN */ 101:
        status = sp >= cap ? STATUS.GROW : STATUS.WITHIN;
        break main;
      case /* WITHIN_END */ 102:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        // the input itself may have ended before that
        if (base + pos < at[fp]! + (vals[fp] as number)) {
          const problem = shortage(m, vals[fp] as number, base + pos - at[fp]!);
          if (far !== QUIET) {
            if (pos >= far && pos !== labelAt) failure.refuse(base + pos, pc, problem);
          } else if (isLeafKnown(m, fp)) setProblemAround(m, fp, problem);
          else {
            status = STATUS.THAW_TOP;
            break main;
          }
          break;
        }
        status = STATUS.WITHIN_END;
        break main;
      case /* CHECKPOINT */ 103:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pc += 1;
        if (m.emit(new Checkpoint(m.span(at[sp]!, base + pos, sp)), sp, fp, base + pos, cut)) {
          status = STATUS.EMITTED;
          break main;
        }
        continue;
      case /* TRACE */ 104:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -22 /* frame TRACE */;
        at[sp] = base + pos;
        vals[sp] = program.labels[code[pc + 1]!];
        fp = sp;
        sp += 2;
        pc += 2;
        continue;
      case /* TRACE_END */ 105: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pc += 1;
        const span = m.span(at[sp]!, base + pos, sp);
        if (m.emit(new Success(vals[sp] as string, span), sp, fp, base + pos, cut)) {
          status = STATUS.EMITTED;
          break main;
        }
        continue;
      }
      case /* STEP */ 106:
        if (tooMany(m, base + pos)) {
          status = STATUS.FATAL;
          break main;
        }
        pc += 1;
        continue;
      case /* NEST */ 107:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        if (tooMany(m, base + pos) || tooDeep(m, base + pos)) {
          status = STATUS.FATAL;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -23 /* frame NEST */;
        at[sp] = base + pos;
        fp = sp;
        sp += 2;
        pc += 1;
        continue;
      case /* NEST_END */ 108:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        m.usage.depth--;
        pc += 1;
        continue;
      case /* RECOVER */ 109:
        status = sp >= cap ? STATUS.GROW : STATUS.RECOVER;
        break main;
      case /* RECOVER_END */ 110:
        status = fp < 0 ? STATUS.THAW_FRAME : STATUS.RECOVERED;
        break main;
      case /* SKIP_ONE */ 111: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        if (pos === end && !closed) break main;
        if (pos === end || !maySkip(m, fp, base + pos)) {
          status = STATUS.NOT_RESYNCED;
          break main;
        }
        const pair = (u[pos]! & 0xfc00) === 0xd800 && (u[pos + 1]! & 0xfc00) === 0xdc00;
        pos += pair && pos + 1 < end ? 2 : 1;
        pc = code[pc + 1]!;
        continue;
      }
      case /* RESYNC */ 112:
        status = fp < 0 ? STATUS.THAW_FRAME : STATUS.RESYNCED;
        break main;
      case /* ROW */ 113:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -26 /* frame ROW */;
        at[sp] = base + pos;
        at[sp + 1] = ++m.usage.entered;
        fp = sp;
        sp += 2;
        pc += 1;
        continue;
      case /* ROW_END */ 114:
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pc += 1;
        continue;
      case /* TEXT */ 115: {
        const text = program.leaves[code[pc + 1]!]!.units;
        const length = text.length;
        let i = 0;
        while (i < length && u[pos + i]! === text[i]!) i++;
        if (i === length) {
          pos += length;
          pc += 2 + 1 + 2 * length;
          if (code[pc]! !== 21 /* SPAN */) continue;
          const offset = code[pc + 1]!;
          const bit = code[pc + 2]!;
          for (let c = u[pos]!; (cls[offset + c]! & bit) !== 0; c = u[pos]!) while (u[++pos]! === c);
          if (!(cls[offset + u[pos]!]! < 128)) continue;
          pc += 4;
          if (code[pc]! !== 14 /* CONST */) continue;
          val = constants[code[pc + 1]!];
          pc += 2;
          if (code[pc]! === 3 /* RET */ && sp > 0) pc = st[--sp]!;
          continue;
        }
        if (pos + i < end || closed) break;
        // the chunk ends inside: on with the single characters beneath
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        m.mark(sp, base + pos);
        m.markReturn(sp, base + pos);
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | cut;
        st[sp + 1] = -5 /* frame LEAF */;
        st[sp + 2] = pc;
        at[sp] = base + pos;
        at[sp + 1] = far === QUIET ? Number.POSITIVE_INFINITY : base + far;
        fp = sp;
        sp += 3;
        far = QUIET;
        pos += i;
        pc += 2 + 2 * i;
        break main;
      }
      case /* SET_VALUE */ 116: {
        const kind = cls[code[pc + 4]! + u[pos]!]!;
        let width = 1;
        if ((kind & code[pc + 5]!) === 0) {
          if (kind < 128) break;
          if (pos === end) {
            if (closed) break;
            break main;
          }
          width = member(window, classes, code[pc + 4]!, code[pc + 6]!, pos);
          cls = classes.table;
          if (width === 0) break;
        }
        val = pos >= shift ? text.slice(pos - shift, pos - shift + width) : window.slice(pos, pos + width);
        pos += width;
        pc += 8;
        continue;
      }
      case /* SPAN_VALUE */ 117: {
        const start = pos;
        const offset = code[pc + 4]!;
        const bit = code[pc + 5]!;
        for (;;) {
          while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
          if (cls[offset + u[pos]!]! < 128 || pos === end) break;
          const width = member(window, classes, offset, code[pc + 6]!, pos);
          cls = classes.table;
          if (width === 0) break;
          pos += width;
        }
        if (pos === end && !closed) {
          if (sp >= cap) {
            pos = start;
            status = STATUS.GROW;
            break main;
          }
          if (code[pc + 1]! >= 0) {
            failure.quoteAt = base + start - 1;
            failure.quotePc = pc;
          }
          m.mark(sp, base + start);
          st[sp] = (sp - fp) << 1;
          st[sp + 1] = -14 /* frame MARK */;
          at[sp] = base + start;
          fp = sp;
          sp += 2;
          pc += 3;
          break main;
        }
        val = start >= shift ? text.slice(start - shift, pos - shift) : window.slice(start, pos);
        if (u[pos]! !== code[pc + 1]!) {
          if (code[pc + 1]! >= 0) {
            failure.quoteAt = base + start - 1;
            failure.quotePc = pc;
          }
          pc += 8;
          continue;
        }
        pos++;
        pc = code[pc + 2]!;
        if (code[pc]! !== 121 /* SPAN_RET */) continue;
        const spaces = code[pc + 1]!;
        const space = code[pc + 2]!;
        for (let c = u[pos]!; (cls[spaces + c]! & space) !== 0; c = u[pos]!) while (u[++pos]! === c);
        if (cls[spaces + u[pos]!]! < 128 && sp > 0) pc = st[--sp]!;
        continue;
      }
      case /* SPAN1_VALUE */ 118: {
        const start = pos;
        const offset = code[pc + 8]!;
        const bit = code[pc + 9]!;
        for (;;) {
          while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
          if (cls[offset + u[pos]!]! < 128 || pos === end) break;
          const width = member(window, classes, offset, code[pc + 10]!, pos);
          cls = classes.table;
          if (width === 0) break;
          pos += width;
        }
        if (pos === start) {
          if (pos === end && !closed) break main;
          break;
        }
        if (pos === end && !closed) {
          if (sp >= cap) {
            pos = start;
            status = STATUS.GROW;
            break main;
          }
          m.mark(sp, base + start);
          st[sp] = (sp - fp) << 1;
          st[sp + 1] = -14 /* frame MARK */;
          at[sp] = base + start;
          fp = sp;
          sp += 2;
          pc += 7;
          break main;
        }
        val = start >= shift ? text.slice(start - shift, pos - shift) : window.slice(start, pos);
        pc += 12;
        continue;
      }
      case /* DECIMAL */ 119: {
        const negative = u[pos]! === 45;
        const number = decimal(u, negative ? pos + 1 : pos);
        const i = reached.end;
        const plain = i > 0 && i < end && i - pos < 300 && !window.binary && (u[i]! | 32) !== 101;
        if (plain && (far === QUIET || (i > far && i !== labelAt))) {
          val = Number.isNaN(number) ? Number(window.slice(pos, i)) : negative ? -number : number;
          const dot = reached.dot >= 0;
          if (far !== QUIET) {
            far = i;
            farPc = dot ? code[pc + 2]! : code[pc + 1]!;
            farPc2 = dot ? 0 : code[pc + 2]!;
            failure.shared = NONE;
            farRule = rule;
            stale = 0;
            left = 0;
          }
          pos = i;
          pc = code[code[pc + 2]! + 4]! + 1 + 2;
          if (code[pc]! !== 121 /* SPAN_RET */) continue;
          const spaces = code[pc + 1]!;
          const space = code[pc + 2]!;
          for (let c = u[pos]!; (cls[spaces + c]! & space) !== 0; c = u[pos]!) while (u[++pos]! === c);
          if (cls[spaces + u[pos]!]! < 128 && sp > 0) pc = st[--sp]!;
          continue;
        }
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        m.mark(sp, base + pos);
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -14 /* frame MARK */;
        at[sp] = base + pos;
        at[sp + 1] = base + far;
        fp = sp;
        sp += 2;
        pc += 3;
        continue;
      }
      case /* SLICE_NUMBER */ 120: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        const start = (at[sp]! - base) | 0;
        const negative = u[start]! === 45;
        const number = window.binary ? Number.NaN : decimal(u, negative ? start + 1 : start);
        if (Number.isNaN(number) || reached.end !== pos) val = Number(window.slice(start, pos));
        else val = negative ? -number : number;
        if (m.textMark === sp) m.textMark = NONE;
        pc += 3;
        if (code[pc]! !== 121 /* SPAN_RET */) continue;
        const spaces = code[pc + 1]!;
        const space = code[pc + 2]!;
        for (let c = u[pos]!; (cls[spaces + c]! & space) !== 0; c = u[pos]!) while (u[++pos]! === c);
        if (cls[spaces + u[pos]!]! < 128 && sp > 0) pc = st[--sp]!;
        continue;
      }
      case /* SPAN_RET */ 121: {
        const offset = code[pc + 1]!;
        const bit = code[pc + 2]!;
        for (;;) {
          for (let c = u[pos]!; (cls[offset + c]! & bit) !== 0; c = u[pos]!) while (u[++pos]! === c);
          if (cls[offset + u[pos]!]! < 128 || pos === end) break;
          const width = member(window, classes, offset, code[pc + 3]!, pos);
          cls = classes.table;
          if (width === 0) break;
          pos += width;
        }
        if (pos === end && !closed) break main;
        if (sp === 0) {
          status = STATUS.THAW_TOP;
          break main;
        }
        pc = st[--sp]!;
        continue;
      }
      case /* TEST_CHAR_SPAN */ 122: {
        if (u[pos]! !== code[pc + 1]!) {
          if (pos === end && !closed) break main;
          if (pos > far && pos !== labelAt) {
            far = pos;
            farPc = pc;
            farPc2 = 0;
            farRule = rule;
            stale = 0;
            left = 0;
          } else if (pos === far && farPc2 === 0 && farPc !== 0 && stale === 0 && pos !== labelAt) {
            farPc2 = pc;
            failure.shared = rule === farRule || program.isSilent(farPc) ? NONE : farRule;
            farRule = rule;
            left = 0;
          } else if (pos >= far) {
            m.labelAt = labelAt;
            m.rule = rule;
            m.farRule = farRule;
            m.farPc = farPc;
            m.farPc2 = farPc2;
            m.noteSlowly(pc, pos, far, stale);
            far = pos;
            farPc = 0;
            farPc2 = 0;
            farRule = rule;
            stale = 0;
            left = 0;
          }
          pc = code[pc + 2]!;
          continue;
        }
        pos++;
        const spaces = code[pc + 4]!;
        const space = code[pc + 5]!;
        for (let c = u[pos]!; (cls[spaces + c]! & space) !== 0; c = u[pos]!) while (u[++pos]! === c);
        if (!(cls[spaces + u[pos]!]! < 128)) {
          pc += 3;
          continue;
        }
        pc += 7;
        continue;
      }
      case /* SET_SPAN */ 123: {
        const kind = cls[code[pc + 1]! + u[pos]!]!;
        if ((kind & code[pc + 2]!) === 0) {
          if (kind < 128) break;
          if (pos === end) {
            if (closed) break;
            break main;
          }
          const width = member(window, classes, code[pc + 1]!, code[pc + 3]!, pos);
          cls = classes.table;
          if (width === 0) break;
          pos += width;
          pc += 4;
          continue;
        }
        pos++;
        const offset = code[pc + 5]!;
        const bit = code[pc + 6]!;
        while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
        pc += cls[offset + u[pos]!]! < 128 ? 8 : 4;
        continue;
      }
      case /* RULE_OPEN_LIST */ 124: {
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        const entry = code[pc + 1]!;
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -8 /* frame RULE */;
        st[sp + 2] = sp - rule;
        at[sp] = base + pos;
        at[sp + 1] = pc + 3;
        vals[sp] = program.rules[code[pc + 2]!];
        fp = sp;
        sp += 3;
        rule = fp;
        pc = entry;
        if (u[pos]! !== code[entry + 1]!) continue;
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | cut;
        st[sp + 1] = -10 /* frame OPENED */;
        at[sp] = base + pos;
        at[sp + 1] = ~entry;
        fp = sp;
        sp += 2;
        cut = 1;
        if (far !== QUIET) {
          stale = 1;
          if (far < m.cutFar) m.cutFar = far;
        }
        pos++;
        const spaces = code[entry + 3]!;
        const space = code[entry + 4]!;
        for (let c = u[pos]!; (cls[spaces + c]! & space) !== 0; c = u[pos]!) while (u[++pos]! === c);
        if (!(cls[spaces + u[pos]!]! < 128)) {
          pc += 2;
          continue;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -11 /* frame LIST */;
        fp = sp;
        sp += 2;
        pc = entry + 7;
        continue;
      }
      case /* LIST_END_CLOSE */ 125:
      case /* RECORD_END_CLOSE */ 126: {
        if (fp < 0) {
          status = STATUS.THAW_FRAME;
          break main;
        }
        val = code[pc]! === 125 /* LIST_END_CLOSE */ ? arrayOf(vals, fp + 2, sp) : recordOf(vals, fp + 2, sp);
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        const outer = fp < 0 || m.holding ? -1 : fp - (st[fp]! >> 1);
        if (u[pos]! !== code[pc + 2]! || outer < 0) {
          pc += 1;
          continue;
        }
        pos++;
        const spaces = code[pc + 4]!;
        const space = code[pc + 5]!;
        for (let c = u[pos]!; (cls[spaces + c]! & space) !== 0; c = u[pos]!) while (u[++pos]! === c);
        if (!(cls[spaces + u[pos]!]! < 128)) {
          pc += 3;
          continue;
        }
        cut = st[fp]! & 1;
        sp = outer;
        rule = sp - st[sp + 2]!;
        if (farRule === sp) {
          // one that began at the failure is named only if all that failed there did so in it (semantics, rule 7)
          const holdsAll = at[sp]! !== base + far || (farPc !== 0 && farPc2 === 0) || sp <= failure.shared;
          if (holdsAll && left < CONTEXT) {
            failure.starts[left] = at[sp]!;
            failure.rules[left++] = vals[sp] as RuleEntry;
          }
          farRule = rule;
        }
        fp = sp - (st[sp]! >> 1);
        pc = at[sp + 1]! | 0;
        if (code[pc]! === 3 /* RET */ && sp > 0) pc = st[--sp]!;
        continue;
      }
      case /* ADD_TEST_CHAR_SPAN */ 127: {
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        vals[sp++] = val;
        if (u[pos]! !== code[pc + 3]!) {
          pc += 2;
          if (pos === end && !closed) break main;
          if (pos > far && pos !== labelAt) {
            far = pos;
            farPc = pc;
            farPc2 = 0;
            farRule = rule;
            stale = 0;
            left = 0;
          } else if (pos === far && farPc2 === 0 && farPc !== 0 && stale === 0 && pos !== labelAt) {
            farPc2 = pc;
            failure.shared = rule === farRule || program.isSilent(farPc) ? NONE : farRule;
            farRule = rule;
            left = 0;
          } else if (pos >= far) {
            m.labelAt = labelAt;
            m.rule = rule;
            m.farRule = farRule;
            m.farPc = farPc;
            m.farPc2 = farPc2;
            m.noteSlowly(pc, pos, far, stale);
            far = pos;
            farPc = 0;
            farPc2 = 0;
            farRule = rule;
            stale = 0;
            left = 0;
          }
          pc = code[pc + 2]!;
          continue;
        }
        pos++;
        const spaces = code[pc + 6]!;
        const space = code[pc + 7]!;
        for (let c = u[pos]!; (cls[spaces + c]! & space) !== 0; c = u[pos]!) while (u[++pos]! === c);
        if (!(cls[spaces + u[pos]!]! < 128)) {
          pc += 5;
          continue;
        }
        pc = code[pc + 10]!;
        // what follows most separators is done without a turn of the loop
        if (code[pc]! === 130 /* CALL_DISPATCH */ && sp < cap) {
          const unit = u[pos]!;
          const entry = code[pc + 1]!;
          const target = unit < 128 ? jumps[(code[entry + 1]! << 7) + unit]! : 0;
          st[sp++] = pc + 2;
          if (target === 0) pc = entry;
          else {
            pos += target & 1;
            pc = target >> 1;
          }
          continue;
        }
        if (code[pc]! !== 19 /* CHAR */ || u[pos]! !== code[pc + 1]!) continue;
        pos++;
        pc += 2;
        if (code[pc]! !== 128 /* KEY */) continue;
      }
      // falls through
      case /* KEY */ 128: {
        const start = pos;
        const guess = keys.last.next;
        const name = guess.units;
        const length = name.length;
        const set = program.sets[code[pc + 6]!]!;
        let same = -1;
        if (guess.set === set && start + length < end) {
          same = 0;
          while (same < length && u[start + same]! === name[same]!) same++;
        }
        const unit = u[start + length]!;
        if (same === length && (unit === code[pc + 1]! || (cls[code[pc + 4]! + unit]! & (code[pc + 5]! | 128)) === 0)) {
          keys.last = guess;
          val = guess.text;
          pos = start + length;
        } else {
          const offset = code[pc + 4]!;
          const bit = code[pc + 5]!;
          let hash = 0;
          for (;;) {
            let unit = u[pos]!;
            while ((cls[offset + unit]! & bit) !== 0) {
              hash = (Math.imul(hash, 31) + unit) | 0;
              unit = u[++pos]!;
            }
            if (cls[offset + unit]! < 128 || pos === end) break;
            const width = member(window, classes, offset, code[pc + 6]!, pos);
            cls = classes.table;
            if (width === 0) break;
            hash = (Math.imul(hash, 31) + unit) | 0;
            pos += width;
          }
          if (pos === end && !closed) {
            if (sp >= cap) {
              pos = start;
              status = STATUS.GROW;
              break main;
            }
            failure.quoteAt = base + start - 1;
            failure.quotePc = pc;
            m.mark(sp, base + start);
            st[sp] = (sp - fp) << 1;
            st[sp + 1] = -14 /* frame MARK */;
            at[sp] = base + start;
            fp = sp;
            sp += 2;
            pc += 3;
            break main;
          }
          val = keyAt(keys, window, start, pos, hash, set);
        }
        if (u[pos]! === code[pc + 1]!) {
          pos++;
          pc = code[pc + 2]!;
        } else {
          failure.quoteAt = base + start - 1;
          failure.quotePc = pc;
          pc += 8;
        }
        if (code[pc]! !== 129 /* SPAN_PUSH_CHAR_SPAN */) continue;
      }
      // falls through
      case /* SPAN_PUSH_CHAR_SPAN */ 129: {
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        const offset = code[pc + 1]!;
        const bit = code[pc + 2]!;
        for (;;) {
          while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
          if (cls[offset + u[pos]!]! < 128 || pos === end) break;
          const width = member(window, classes, offset, code[pc + 3]!, pos);
          cls = classes.table;
          if (width === 0) break;
          pos += width;
        }
        if (pos === end && !closed) break main;
        vals[sp++] = val;
        if (u[pos]! !== code[pc + 6]!) {
          pc += 5;
          continue;
        }
        pos++;
        const spaces = code[pc + 8]!;
        const space = code[pc + 9]!;
        for (let c = u[pos]!; (cls[spaces + c]! & space) !== 0; c = u[pos]!) while (u[++pos]! === c);
        if (!(cls[spaces + u[pos]!]! < 128)) {
          pc += 7;
          continue;
        }
        pc += 11;
        if (code[pc]! !== 130 /* CALL_DISPATCH */) continue;
      }
      // falls through
      case /* CALL_DISPATCH */ 130: {
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        const unit = u[pos]!;
        const entry = code[pc + 1]!;
        const target = unit < 128 ? jumps[(code[entry + 1]! << 7) + unit]! : 0;
        st[sp++] = pc + 2;
        if (target === 0) pc = entry;
        else {
          pos += target & 1;
          pc = target >> 1;
        }
        continue;
      }
      default:
        throw new Error(`no instruction ${code[pc]} at ${pc}`);
    }

    // a failure: recorded if it is among the farthest, unless it only goes on (pc 0)
    if (pc !== 0) {
      if (pos > far && pos !== labelAt) {
        far = pos;
        farPc = pc;
        farPc2 = 0;
        farRule = rule;
        stale = 0;
        left = 0;
      } else if (pos === far && farPc2 === 0 && farPc !== 0 && stale === 0 && pos !== labelAt) {
        farPc2 = pc;
        failure.shared = rule === farRule || program.isSilent(farPc) ? NONE : farRule;
        farRule = rule;
        left = 0;
      } else if (pos >= far) {
        m.labelAt = labelAt;
        m.rule = rule;
        m.farRule = farRule;
        m.farPc = farPc;
        m.farPc2 = farPc2;
        m.noteSlowly(pc, pos, far, stale);
        far = pos;
        farPc = 0;
        farPc2 = 0;
        farRule = rule;
        stale = 0;
        left = 0;
      }
      if (pos === far && (cut !== 0 || program.watched[pc] === 1 || failure.closing === base + pos || pos === end)) {
        noteOpened(m, program, pc, fp, base + pos);
      }
      if (m.holding) m.settleFailure(fp, base + pos, cut);
    }
    for (;;) {
      if (cut !== 0 && m.returnMark === NONE && far !== QUIET && m.recoveries.open === 0) {
        status = STATUS.FAILED;
        break main;
      }
      if (fp < 0) {
        pc = 0;
        status = STATUS.THAW_FRAME;
        break main;
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
        case /* frame RUN */ -1:
          fp = sp;
          sp += 2;
          status = STATUS.FAILED;
          break main;
        case /* frame ATTEMPT */ -2:
        case /* frame LOOKAHEAD */ -3:
          if (at[sp]! < passedBarrier) {
            fp = sp;
            sp += 2;
            pc = 0;
            status = STATUS.REWOUND;
            break main;
          }
          if (m.holding) m.dropHeld(sp);
          pos = (at[sp]! - base) | 0;
          cut = link & 1;
          m.unmark(sp);
          continue;
        case /* frame NOT */ -4:
          if (at[sp]! < passedBarrier) {
            fp = sp;
            sp += 3;
            pc = 0;
            status = STATUS.REWOUND;
            break main;
          }
          if (m.holding) m.dropHeld(sp);
          pos = (at[sp]! - base) | 0;
          cut = link & 1;
          far = at[sp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[sp + 1]! - base) | 0;
          m.unmark(sp);
          pc = code[st[sp + 2]! + 1]!;
          continue main;
        case /* frame LEAF */ -5:
          if (
            at[sp + 1]! === Number.POSITIVE_INFINITY &&
            (st[sp + 2]! < 0 || code[st[sp + 2]!]! === 76) /* LEAF_IN_TRIVIA */
          ) {
            fp = sp;
            sp += 3;
            pc = 0;
            status = STATUS.PASS_ON;
            break main;
          }
          if (m.holding) m.dropHeld(sp);
          pos = (at[sp]! - base) | 0;
          cut = link & 1;
          far = at[sp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[sp + 1]! - base) | 0;
          m.unmark(sp);
          pc = st[sp + 2]!;
          if (pc < 0) {
            pc = -pc;
            if (pos >= far && pos !== labelAt) failure.refuse(base + pos, pc, vals[sp] as Problem);
          }
          if (pos > far && pos !== labelAt) {
            far = pos;
            farPc = pc;
            farPc2 = 0;
            farRule = rule;
            stale = 0;
            left = 0;
          } else if (pos === far && farPc2 === 0 && farPc !== 0 && stale === 0 && pos !== labelAt) {
            farPc2 = pc;
            failure.shared = rule === farRule || program.isSilent(farPc) ? NONE : farRule;
            farRule = rule;
            left = 0;
          } else if (pos >= far) {
            m.labelAt = labelAt;
            m.rule = rule;
            m.farRule = farRule;
            m.farPc = farPc;
            m.farPc2 = farPc2;
            m.noteSlowly(pc, pos, far, stale);
            far = pos;
            farPc = 0;
            farPc2 = 0;
            farRule = rule;
            stale = 0;
            left = 0;
          }
          if (
            pos === far &&
            (cut !== 0 || program.watched[pc] === 1 || failure.closing === base + pos || pos === end)
          ) {
            noteOpened(m, program, pc, fp, base + pos);
          }
          if (m.holding) m.settleFailure(fp, base + pos, cut);
          continue;
        case /* frame QUIET */ -6:
          far = at[sp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[sp + 1]! - base) | 0;
          continue;
        case /* frame LABEL */ -7:
          m.labelPc = st[sp + 2]!;
          labelAt = at[sp + 1]! < 0 ? -1 : Math.max(-1, at[sp + 1]! - base) | 0;
          m.labelProgram = vals[sp] as Program;
          continue;
        case /* frame RULE */ -8:
          rule = sp - st[sp + 2]!;
          if (farRule === sp) {
            // one that began at the failure is named only if all that failed there did so in it (semantics, rule 7)
            const holdsAll = at[sp]! !== base + far || (farPc !== 0 && farPc2 === 0) || sp <= failure.shared;
            if (holdsAll && left < CONTEXT) {
              failure.starts[left] = at[sp]!;
              failure.rules[left++] = vals[sp] as RuleEntry;
            }
            farRule = rule;
          }
          continue;
        case /* frame MARK */ -14:
          if (m.textMark === sp) m.textMark = NONE;
          continue;
        case /* frame PROGRAM */ -16:
          fp = sp;
          pc = 0;
          status = STATUS.ABANDON;
          break main;
        case /* frame TOKEN */ -18:
          m.boundary = sp - st[sp + 2]!;
          continue;
        case /* frame RECOVER */ -19:
          fp = sp;
          pc = 0;
          status = STATUS.UNRECOVERED;
          break main;
        case /* frame WITHIN */ -21:
          fp = sp;
          pc = 0;
          status = STATUS.WITHIN_END;
          break main;
        case /* frame NEST */ -23:
          m.usage.depth--;
          continue;
        case /* frame REFINE */ -25:
          m.unmark(sp);
          continue;
        case /* frame PIECES */ -27:
          handOut(m, pos, sp, cut);
          m.pieceAt = Number.POSITIVE_INFINITY;
          continue;
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
