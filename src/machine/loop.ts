// The loop that runs a program. All its state is in the machine before it is entered and after it is left, so that leaving
// it anywhere and entering it again changes nothing. It never recurses, and makes no object of its own.
//
// Instructions and frames are numbers here, with their names beside them: a `switch` over literals becomes a jump table
// (0.5 of the speed without), and TypeScript inlines no names under isolated modules. `spec/machine/loop.spec.ts` holds
// each pair against the tables.
//
// How an instruction ends: `continue` goes on at `pc`; `break` is a failure at `pos`; `break main` leaves the loop.
import type { Program, RuleEntry } from "../compile/program.ts";
import { member, wide } from "./character.ts";
import { decimal } from "./decimal.ts";
import { CONTEXT } from "./failure.ts";
import { find } from "./find.ts";
import { NONE, QUIET } from "./frames.ts";
import { arrayOf, recordOf, tupleOf } from "./gather.ts";
import { keyAt } from "./keys.ts";
import type { Machine } from "./machine.ts";
import { readScan } from "./scan.ts";
import { STATUS, type Status } from "./status.ts";

/** Runs until the machine is done, failed, or can't go on by itself. */
export function loop(m: Machine): Status {
  const { window, failure, keys } = m;
  const { units: u, base, end, closed } = window;
  const { program } = m;
  const { ints: st, offsets: at, values: vals } = m.stack;
  const { code, classes: cls, constants, functions, jumps } = program;
  // text before this place of the window came with an earlier chunk
  const { text } = window;
  const shift = window.binary ? NONE : window.textAt - base;
  const cap = st.length - 8;
  let { pc, pos, sp, fp, rule, val, cut: dead, far, farPc, farPc2, farRule, stale, left, labelAt, fuel } = m;
  let status: Status = STATUS.INPUT;
  main: for (;;) {
    switch (code[pc]!) {
      case 0 /* HALT */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        status = st[fp + 1]! === -1 /* frame RUN */ ? STATUS.DONE : STATUS.LEAVE;
        break main;
      case 1 /* JUMP */:
        if (--fuel < 0) {
          status = STATUS.FUEL;
          break main;
        }
        pc = code[pc + 1]!;
        continue;
      case 2 /* CALL */:
        if (--fuel < 0) {
          status = STATUS.FUEL;
          break main;
        }
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp++] = pc + 2;
        pc = code[pc + 1]!;
        continue;
      case 3 /* RET */:
        if (sp === 0) {
          status = STATUS.SINK;
          break main;
        }
        pc = st[--sp]!;
        continue;
      case 4 /* RULE */:
        if (--fuel < 0) {
          status = STATUS.FUEL;
          break main;
        }
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
        rule = sp;
        fp = sp;
        sp += 3;
        pc = code[pc + 1]!;
        continue;
      case 5 /* RULE_RET */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        sp = fp;
        rule = sp - st[sp + 2]!;
        if (farRule === sp) {
          if (left < CONTEXT) failure.rules[left++] = vals[sp] as RuleEntry;
          farRule = rule;
        }
        fp = sp - (st[sp]! >> 1);
        pc = at[sp + 1]! | 0;
        continue;
      case 6 /* BIND */:
        status = STATUS.ENTER;
        break main;
      case 7 /* LEFT_RECURSION */:
        m.fatal("E4001", program.messages[code[pc + 1]!] ?? "", base + pos);
        status = STATUS.FATAL;
        break main;
      case 8 /* PUSH */:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        vals[sp++] = val;
        pc++;
        continue;
      case 9 /* POP */:
        if (sp === 0) {
          status = STATUS.SINK;
          break main;
        }
        val = vals[--sp];
        pc++;
        continue;
      case 10 /* CONST */:
        val = constants[code[pc + 1]!];
        pc += 2;
        continue;
      case 11 /* MAP */:
        val = functions[code[pc + 1]!]!(val);
        pc += 2;
        continue;
      case 12: /* TUPLE */ {
        const count = code[pc + 1]!;
        if (sp < count - 1) {
          status = STATUS.SINK;
          break main;
        }
        if (count > 1) sp -= count - 1;
        val = tupleOf(vals, sp, count, val);
        pc += 2;
        continue;
      }
      case 13 /* CONCAT */:
        if (sp === 0) {
          status = STATUS.SINK;
          break main;
        }
        val = (vals[--sp] as string) + (val as string);
        pc++;
        continue;
      case 14 /* EMIT */:
        pc++;
        if (m.emit(val, sp, fp, base + pos, dead)) {
          status = STATUS.EMITTED;
          break main;
        }
        continue;
      case 15 /* CHAR */:
        if (u[pos]! === code[pc + 1]!) {
          pos++;
          pc += 2;
          continue;
        }
        if (pos === end && !closed) break main;
        break;
      case 76: /* CHAR_SPAN */ {
        if (u[pos]! !== code[pc + 1]!) {
          if (pos === end && !closed) break main;
          break;
        }
        pos++;
        const offset = code[pc + 3]!;
        const bit = code[pc + 4]!;
        while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
        if (cls[offset + u[pos]!]! >= 128) {
          pc += 2;
          continue;
        }
        pc += 6;
        continue;
      }
      case 16: /* SET */ {
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
        const width = member(window, program, code[pc + 1]!, code[pc + 3]!, pos);
        if (width === 0) break;
        pos += width;
        pc += 4;
        continue;
      }
      case 17: /* SPAN */ {
        const offset = code[pc + 1]!;
        const bit = code[pc + 2]!;
        for (;;) {
          while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
          if (cls[offset + u[pos]!]! < 128 || pos === end) break;
          const width = member(window, program, offset, code[pc + 3]!, pos);
          if (width === 0) break;
          pos += width;
        }
        if (pos === end && !closed) break main;
        pc += 4;
        continue;
      }
      case 77: /* SPAN_RET */ {
        const offset = code[pc + 1]!;
        const bit = code[pc + 2]!;
        for (;;) {
          while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
          if (cls[offset + u[pos]!]! < 128 || pos === end) break;
          const width = member(window, program, offset, code[pc + 3]!, pos);
          if (width === 0) break;
          pos += width;
        }
        if (pos === end && !closed) break main;
        if (sp === 0) {
          status = STATUS.SINK;
          break main;
        }
        pc = st[--sp]!;
        continue;
      }
      case 70: /* SET_VALUE */ {
        // MARK SET SLICE
        const kind = cls[code[pc + 4]! + u[pos]!]!;
        let width = 1;
        if ((kind & code[pc + 5]!) === 0) {
          if (kind < 128) break;
          if (pos === end) {
            if (closed) break;
            break main;
          }
          width = member(window, program, code[pc + 4]!, code[pc + 6]!, pos);
          if (width === 0) break;
        }
        val = pos >= shift ? text.slice(pos - shift, pos - shift + width) : window.slice(pos, pos + width);
        pos += width;
        pc += 8;
        continue;
      }
      case 72: /* SPAN1_VALUE */ {
        // MARK SET SPAN SLICE
        const start = pos;
        const offset = code[pc + 8]!;
        const bit = code[pc + 9]!;
        for (;;) {
          while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
          if (cls[offset + u[pos]!]! < 128 || pos === end) break;
          const width = member(window, program, offset, code[pc + 10]!, pos);
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
          st[sp + 1] = -13 /* frame MARK */;
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
      case 71: /* SPAN_VALUE */
      case 73: /* SPAN_VALUE_CHAR */ {
        // MARK SPAN SLICE, and perhaps the CHAR that comes next
        const start = pos;
        const offset = code[pc + 4]!;
        const bit = code[pc + 5]!;
        for (;;) {
          while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
          if (cls[offset + u[pos]!]! < 128 || pos === end) break;
          const width = member(window, program, offset, code[pc + 6]!, pos);
          if (width === 0) break;
          pos += width;
        }
        if (pos === end && !closed) {
          if (sp >= cap) {
            pos = start;
            status = STATUS.GROW;
            break main;
          }
          m.mark(sp, base + start);
          st[sp] = (sp - fp) << 1;
          st[sp + 1] = -13 /* frame MARK */;
          at[sp] = base + start;
          fp = sp;
          sp += 2;
          pc += 3;
          break main;
        }
        val = start >= shift ? text.slice(start - shift, pos - shift) : window.slice(start, pos);
        if (u[pos]! !== code[pc + 1]!) {
          pc += 8;
          continue;
        }
        pos++;
        pc = code[pc + 2]!;
        if (code[pc]! !== 77 /* SPAN_RET */) continue;
        {
          // a token's end: the space after it, and back
          const spaces = code[pc + 1]!;
          const space = code[pc + 2]!;
          while ((cls[spaces + u[pos]!]! & space) !== 0) pos++;
          if (cls[spaces + u[pos]!]! < 128 && sp > 0) pc = st[--sp]!;
        }
        continue;
      }
      case 74: /* KEY */ {
        // MARK SPAN SLICE of text that names a property
        const start = pos;
        const guess = keys.last.next;
        const name = guess.units;
        const length = name.length;
        if (start + length < end) {
          let i = 0;
          while (i < length && u[start + i]! === name[i]!) i++;
          if (i === length && u[start + length]! === code[pc + 1]!) {
            keys.last = guess;
            val = guess.text;
            pos = start + length + 1;
            pc = code[pc + 2]!;
            continue;
          }
        }
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
          const width = member(window, program, offset, code[pc + 6]!, pos);
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
          m.mark(sp, base + start);
          st[sp] = (sp - fp) << 1;
          st[sp + 1] = -13 /* frame MARK */;
          at[sp] = base + start;
          fp = sp;
          sp += 2;
          pc += 3;
          break main;
        }
        val = keyAt(keys, window, start, pos, hash);
        if (u[pos]! === code[pc + 1]!) {
          pos++;
          pc = code[pc + 2]!;
        } else pc += 8;
        continue;
      }
      case 69: /* TEXT */ {
        const text = program.leaves[code[pc + 1]!]!.units;
        const length = text.length;
        let i = 0;
        while (i < length && u[pos + i]! === text[i]!) i++;
        if (i === length) {
          pos += length;
          pc += 3 + 2 * length;
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
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -5 /* frame LEAF */;
        st[sp + 2] = pc;
        at[sp] = base + pos;
        at[sp + 1] = far === QUIET ? Number.POSITIVE_INFINITY : base + far;
        far = QUIET;
        fp = sp;
        sp += 3;
        pos += i;
        pc += 2 + 2 * i;
        break main;
      }
      case 18: /* UNTIL */ {
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
      case 19: /* TAKE */ {
        const length = code[pc + 1]!;
        if (end - pos >= length) {
          val = window.slice(pos, pos + length);
          pos += length;
          pc += 3;
          continue;
        }
        if (closed) break;
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        m.mark(sp, base + pos);
        m.markReturn(sp, base + pos);
        if (m.holding) m.lowerHeld(sp);
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -5 /* frame LEAF */;
        st[sp + 2] = pc;
        at[sp] = base + pos;
        at[sp + 1] = far === QUIET ? Number.POSITIVE_INFINITY : base + far;
        far = QUIET;
        fp = sp;
        sp += 3;
        pc += 2;
        continue;
      }
      case 20: /* MORE */ {
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        const start = (at[fp]! - base) | 0;
        const length = code[pc - 1]!;
        if (end - start < length) {
          pos = end;
          if (closed) break;
          break main;
        }
        pos = start + length;
        val = start >= shift ? text.slice(start - shift, pos - shift) : window.slice(start, pos);
        far = at[fp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[fp + 1]! - base) | 0;
        m.unmark(fp);
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pc++;
        continue;
      }
      case 21 /* PRIMITIVE */:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        m.mark(sp, base + pos);
        m.markReturn(sp, base + pos);
        if (m.holding) m.lowerHeld(sp);
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -5 /* frame LEAF */;
        st[sp + 2] = pc;
        at[sp] = base + pos;
        at[sp + 1] = far === QUIET ? Number.POSITIVE_INFINITY : base + far;
        vals[sp] = program.leaves[code[pc + 1]!]!.leaf!.start;
        far = QUIET;
        fp = sp;
        sp += 3;
        pc += 2;
        continue;
      case 22: /* SCAN */ {
        if (fp < 0) {
          status = STATUS.SINK;
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
      case 23 /* EOF */:
        if (pos < end) break;
        if (!closed) break main;
        pc++;
        continue;
      case 24 /* FAIL */:
        break;
      case 79: /* CALL_DISPATCH */ {
        if (--fuel < 0) {
          status = STATUS.FUEL;
          break main;
        }
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
      case 80: /* SPAN_PUSH_CHAR_SPAN */ {
        // the space after a key, the key put by, what separates it from its value, and the space after that
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        const offset = code[pc + 1]!;
        const bit = code[pc + 2]!;
        for (;;) {
          while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
          if (cls[offset + u[pos]!]! < 128 || pos === end) break;
          const width = member(window, program, offset, code[pc + 3]!, pos);
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
        while ((cls[spaces + u[pos]!]! & space) !== 0) pos++;
        pc += cls[spaces + u[pos]!]! < 128 ? 11 : 7;
        continue;
      }
      case 81: /* SET_SPAN */ {
        const kind = cls[code[pc + 1]! + u[pos]!]!;
        if ((kind & code[pc + 2]!) === 0) {
          if (kind < 128) break;
          if (pos === end) {
            if (closed) break;
            break main;
          }
          const width = member(window, program, code[pc + 1]!, code[pc + 3]!, pos);
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
      case 82: /* RULE_OPEN_LIST */ {
        if (--fuel < 0) {
          status = STATUS.FUEL;
          break main;
        }
        // RULE, and in it CHAR, ENTER, SPAN, LIST: a bracketed list begins
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
        rule = sp;
        fp = sp;
        sp += 3;
        pc = entry;
        if (u[pos]! !== code[entry + 1]!) continue;
        if (m.holding) m.lowerHeld(sp);
        st[sp] = (3 << 1) | dead;
        st[sp + 1] = -10 /* frame OPENED */;
        at[sp] = base + pos;
        at[sp + 1] = -1;
        fp = sp;
        sp += 2;
        dead = 1;
        if (far !== QUIET) stale = 1;
        pos++;
        const offset = code[entry + 5]!;
        const bit = code[entry + 6]!;
        while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
        if (cls[offset + u[pos]!]! >= 128) {
          pc = entry + 4;
          continue;
        }
        st[sp] = 2 << 1;
        st[sp + 1] = -11 /* frame LIST */;
        fp = sp;
        sp += 2;
        pc = entry + 9;
        continue;
      }
      case 83: /* LIST_END_CLOSE */
      case 84: /* RECORD_END_CLOSE */ {
        // LIST_END, CHAR, SPAN, CLOSE, RULE_RET: a bracketed list ends
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        val = code[pc]! === 83 /* LIST_END_CLOSE */ ? arrayOf(vals, fp + 2, sp) : recordOf(vals, fp + 2, sp);
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pc++;
        if (u[pos]! !== code[pc + 1]! || fp < 0) continue;
        const outer = fp - (st[fp]! >> 1);
        if (outer < 0) continue;
        pos++;
        const offset = code[pc + 3]!;
        const bit = code[pc + 4]!;
        while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
        if (cls[offset + u[pos]!]! >= 128) {
          pc += 2;
          continue;
        }
        dead = st[fp]! & 1;
        sp = outer;
        rule = sp - st[sp + 2]!;
        if (farRule === sp) {
          if (left < CONTEXT) failure.rules[left++] = vals[sp] as RuleEntry;
          farRule = rule;
        }
        fp = sp - (st[sp]! >> 1);
        pc = at[sp + 1]! | 0;
        continue;
      }
      case 26: /* NOT_SET */ {
        const kind = cls[code[pc + 1]! + u[pos]!]!;
        if ((kind & code[pc + 2]!) !== 0) break;
        if (kind >= 128) {
          if (pos === end) {
            if (!closed) break main;
          } else if (member(window, program, code[pc + 1]!, code[pc + 3]!, pos) > 0) break;
        }
        pc += 4;
        continue;
      }
      case 27 /* TEST_CHAR */:
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
          farRule = rule;
          left = 0;
        } else if (pos >= far) {
          m.labelAt = labelAt;
          m.noteSlowly(pc, pos, far, farPc, farPc2, stale);
          far = pos;
          farPc = 0;
          farPc2 = 0;
          farRule = rule;
          stale = 0;
          left = 0;
        }
        pc = code[pc + 2]!;
        continue;
      case 78: /* TEST_CHAR_SPAN */ {
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
            farRule = rule;
            left = 0;
          } else if (pos >= far) {
            m.labelAt = labelAt;
            m.noteSlowly(pc, pos, far, farPc, farPc2, stale);
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
        const offset = code[pc + 4]!;
        const bit = code[pc + 5]!;
        while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
        pc += cls[offset + u[pos]!]! >= 128 ? 3 : 7;
        continue;
      }
      case 85: /* ADD_TEST_CHAR_SPAN */ {
        if (--fuel < 0) {
          status = STATUS.FUEL;
          break main;
        }
        // ADD, TEST_CHAR, SPAN, JUMP: the next element of a list with a separator
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
            farRule = rule;
            left = 0;
          } else if (pos >= far) {
            m.labelAt = labelAt;
            m.noteSlowly(pc, pos, far, farPc, farPc2, stale);
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
        const offset = code[pc + 6]!;
        const bit = code[pc + 7]!;
        while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
        if (cls[offset + u[pos]!]! >= 128) pc += 5;
        else pc = code[pc + 10]!;
        continue;
      }
      case 28: /* TEST_SET */ {
        const kind = cls[code[pc + 1]! + u[pos]!]!;
        if ((kind & code[pc + 2]!) !== 0) {
          pc += 5;
          continue;
        }
        if (kind >= 128) {
          if (pos === end) {
            if (!closed) break main;
          } else if (member(window, program, code[pc + 1]!, code[pc + 3]!, pos) > 0) {
            pc += 5;
            continue;
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
          farRule = rule;
          left = 0;
        } else if (pos >= far) {
          m.labelAt = labelAt;
          m.noteSlowly(pc, pos, far, farPc, farPc2, stale);
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
      case 29: /* DISPATCH */ {
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
            farRule = rule;
            left = 0;
          } else if (pos >= far) {
            m.labelAt = labelAt;
            m.noteSlowly(pc, pos, far, farPc, farPc2, stale);
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
      case 30 /* GIVE_UP */:
        if (pos > far && pos !== labelAt) {
          far = pos;
          farPc = code[pc + 1]!;
          farPc2 = 0;
          farRule = rule;
          stale = 0;
          left = 0;
        } else if (pos === far && farPc2 === 0 && farPc !== 0 && stale === 0 && pos !== labelAt) {
          farPc2 = code[pc + 1]!;
          farRule = rule;
          left = 0;
        } else if (pos >= far) {
          m.labelAt = labelAt;
          m.noteSlowly(code[pc + 1]!, pos, far, farPc, farPc2, stale);
          far = pos;
          farPc = 0;
          farPc2 = 0;
          farRule = rule;
          stale = 0;
          left = 0;
        }
        pc += 2;
        continue;
      case 31 /* CHOICE */:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | dead;
        st[sp + 1] = code[pc + 1]!;
        at[sp] = base + pos;
        dead = 0;
        fp = sp;
        sp += 2;
        pc += 2;
        continue;
      case 32 /* COMMIT */:
        if (--fuel < 0) {
          status = STATUS.FUEL;
          break main;
        }
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        sp = fp;
        dead = st[sp]! & 1;
        fp = sp - (st[sp]! >> 1);
        pc = code[pc + 1]!;
        continue;
      case 33 /* COLLECT */:
        if (--fuel < 0) {
          status = STATUS.FUEL;
          break main;
        }
        // COMMIT and ADD, over what a record's element has pushed
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        {
          const frame = fp;
          const pushed = sp - frame - 2;
          dead = st[frame]! & 1;
          fp = frame - (st[frame]! >> 1);
          for (let i = 0; i < pushed; i++) vals[frame + i] = vals[frame + 2 + i];
          sp = frame + pushed;
          vals[sp++] = val;
        }
        pc = code[pc + 1]!;
        continue;
      case 34 /* TALLY */:
        if (--fuel < 0) {
          status = STATUS.FUEL;
          break main;
        }
        if (fp < 0 || fp - (st[fp]! >> 1) < 0) {
          status = STATUS.SINK;
          break main;
        }
        sp = fp;
        dead = st[sp]! & 1;
        fp = sp - (st[sp]! >> 1);
        at[fp + 1] = at[fp + 1]! + 1;
        pc = code[pc + 1]!;
        continue;
      case 35 /* PROGRESS */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        if (at[fp]! === base + pos) {
          m.fatal("E3001", "", base + pos);
          status = STATUS.FATAL;
          break main;
        }
        pc++;
        continue;
      case 36 /* LIST */:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -11 /* frame LIST */;
        fp = sp;
        sp += 2;
        pc++;
        continue;
      case 37 /* ADD */:
        if (--fuel < 0) {
          status = STATUS.FUEL;
          break main;
        }
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        vals[sp++] = val;
        pc = code[pc + 1]!;
        continue;
      case 38 /* LIST_END */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        val = arrayOf(vals, fp + 2, sp);
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pc++;
        continue;
      case 39 /* RECORD_END */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        val = recordOf(vals, fp + 2, sp);
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pc++;
        continue;
      case 40 /* COUNTER */:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -12 /* frame COUNTER */;
        at[sp + 1] = 0;
        fp = sp;
        sp += 2;
        pc++;
        continue;
      case 41 /* COUNT */:
        if (--fuel < 0) {
          status = STATUS.FUEL;
          break main;
        }
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        at[fp + 1] = at[fp + 1]! + 1;
        pc = code[pc + 1]!;
        continue;
      case 42: /* COUNTER_END */
      case 43 /* COUNTER_DROP */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        if (code[pc]! === 42 /* COUNTER_END */) val = at[fp + 1]!;
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        pc++;
        continue;
      case 44: /* UNTIL_COUNT */ {
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        const count = st[fp + 1]! === -11 /* frame LIST */ ? sp - fp - 2 : at[fp + 1]!;
        pc = count >= code[pc + 1]! ? code[pc + 2]! : pc + 3;
        continue;
      }
      case 45 /* ATTEMPT */:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        m.mark(sp, base + pos);
        m.markReturn(sp, base + pos);
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | dead;
        st[sp + 1] = -2 /* frame ATTEMPT */;
        at[sp] = base + pos;
        dead = 0;
        fp = sp;
        sp += 2;
        pc++;
        continue;
      case 46 /* ATTEMPT_END */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        sp = fp;
        dead = st[sp]! & 1;
        fp = sp - (st[sp]! >> 1);
        m.unmark(sp);
        pc++;
        continue;
      case 47 /* LOOK */:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        status = STATUS.LOOK;
        break main;
      case 48 /* LOOK_END */:
        status = fp < 0 ? STATUS.SINK : STATUS.LOOKED;
        break main;
      case 49 /* NOT */:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        m.mark(sp, base + pos);
        m.markReturn(sp, base + pos);
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | dead;
        st[sp + 1] = -4 /* frame NOT */;
        st[sp + 2] = pc;
        at[sp] = base + pos;
        at[sp + 1] = far === QUIET ? Number.POSITIVE_INFINITY : base + far;
        far = QUIET;
        dead = 0;
        fp = sp;
        sp += 3;
        pc += 2;
        continue;
      case 50 /* NOT_END */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        sp = fp;
        dead = st[sp]! & 1;
        fp = sp - (st[sp]! >> 1);
        m.unmark(sp);
        m.dropHeld(sp);
        pos = (at[sp]! - base) | 0;
        far = at[sp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[sp + 1]! - base) | 0;
        pc = st[sp + 2]!;
        break;
      case 51 /* CUT */:
        dead = 1;
        if (far !== QUIET) stale = 1;
        pc++;
        continue;
      case 52: /* CUT_BEGIN */
      case 55 /* ENTER */:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | dead;
        dead = 1;
        fp = sp;
        if (code[pc]! === 55 /* ENTER */) {
          st[sp + 1] = -10 /* frame OPENED */;
          at[sp] = base + pos - code[pc + 1]!;
          at[sp + 1] = -1;
          pc += 2;
        } else {
          st[sp + 1] = -16 /* frame CUT */;
          at[sp] = base + pos;
          pc++;
        }
        sp += 2;
        if (far !== QUIET) stale = 1;
        continue;
      case 53 /* OPEN */:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        if (m.holding) m.lowerHeld(sp);
        st[sp] = ((sp - fp) << 1) | dead;
        st[sp + 1] = -9 /* frame OPENING */;
        at[sp] = base + pos;
        at[sp + 1] = -1;
        fp = sp;
        sp += 2;
        pc++;
        continue;
      case 54 /* OPENED */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        if (base + pos > at[fp]!) {
          st[fp] = (st[fp]! & ~1) | dead;
          st[fp + 1] = -10 /* frame OPENED */;
          dead = 1;
          if (far !== QUIET) stale = 1;
        }
        pc++;
        continue;
      case 56 /* CLOSING */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        at[fp + 1] = base + pos;
        pc++;
        continue;
      case 57 /* CLOSE */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        sp = fp;
        if (st[sp + 1]! !== -9 /* frame OPENING */) dead = st[sp]! & 1;
        fp = sp - (st[sp]! >> 1);
        pc++;
        continue;
      case 58 /* LABEL */:
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
        if (labelAt !== pos) {
          labelAt = pos;
          m.labelPc = pc;
          m.labelProgram = program;
        }
        fp = sp;
        sp += 3;
        pc += 2;
        continue;
      case 59 /* LABEL_END */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        m.labelPc = st[sp + 2]!;
        labelAt = at[sp + 1]! < 0 ? -1 : Math.max(-1, at[sp + 1]! - base) | 0;
        m.labelProgram = vals[sp] as Program;
        pc++;
        continue;
      case 60 /* LEAF */:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        m.mark(sp, base + pos);
        m.markReturn(sp, base + pos);
        if (m.holding) m.lowerHeld(sp);
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -5 /* frame LEAF */;
        st[sp + 2] = pc;
        at[sp] = base + pos;
        at[sp + 1] = far === QUIET ? Number.POSITIVE_INFINITY : base + far;
        far = QUIET;
        fp = sp;
        sp += 3;
        pc += 2;
        continue;
      case 61 /* LEAF_END */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        far = at[sp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[sp + 1]! - base) | 0;
        m.unmark(sp);
        pc++;
        continue;
      case 62 /* QUIET */:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -6 /* frame QUIET */;
        at[sp] = base + pos;
        at[sp + 1] = far === QUIET ? Number.POSITIVE_INFINITY : base + far;
        far = QUIET;
        fp = sp;
        sp += 2;
        pc++;
        continue;
      case 63 /* QUIET_END */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        far = at[sp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[sp + 1]! - base) | 0;
        pc++;
        continue;
      case 64 /* MARK */:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        if (m.textMark === NONE) {
          m.textMark = sp;
          m.textMarkAt = base + pos;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -13 /* frame MARK */;
        at[sp] = base + pos;
        fp = sp;
        sp += 2;
        pc += 3;
        continue;
      case 65 /* SLICE */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        {
          const start = (at[sp]! - base) | 0;
          val = start >= shift ? text.slice(start - shift, pos - shift) : window.slice(start, pos);
        }
        if (m.textMark === sp) m.textMark = NONE;
        pc++;
        continue;
      case 75: /* SLICE_NUMBER */ {
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        const start = (at[sp]! - base) | 0;
        const number = decimal(u, start, pos);
        val = Number.isNaN(number) ? Number(window.slice(start, pos)) : number;
        if (m.textMark === sp) m.textMark = NONE;
        pc += 3;
        if (code[pc]! !== 77 /* SPAN_RET */) continue;
        {
          const spaces = code[pc + 1]!;
          const space = code[pc + 2]!;
          while ((cls[spaces + u[pos]!]! & space) !== 0) pos++;
          if (cls[spaces + u[pos]!]! < 128 && sp > 0) pc = st[--sp]!;
        }
        continue;
      }
      case 66 /* SPANNED */:
        if (sp >= cap) {
          status = STATUS.GROW;
          break main;
        }
        st[sp] = (sp - fp) << 1;
        st[sp + 1] = -14 /* frame SPANNED */;
        at[sp] = base + pos;
        fp = sp;
        sp += 2;
        pc++;
        continue;
      case 67 /* SPANNED_END */:
        if (fp < 0) {
          status = STATUS.SINK;
          break main;
        }
        sp = fp;
        fp = sp - (st[sp]! >> 1);
        val = { value: val, span: m.span(at[sp]!, base + pos, sp) };
        pc++;
        continue;
      case 68 /* POSITION */:
        val = m.position(base + pos);
        pc++;
        continue;
      case 25 /* REFAIL */:
        pc = 0;
        break;
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
        farRule = rule;
        left = 0;
      } else if (pos >= far) {
        m.labelAt = labelAt;
        m.noteSlowly(pc, pos, far, farPc, farPc2, stale);
        far = pos;
        farPc = 0;
        farPc2 = 0;
        farRule = rule;
        stale = 0;
        left = 0;
      }
      if (dead !== 0 && pos === far) m.noteOpened(program, pc, fp, base + pos);
      if (m.holding) m.settleFailure(fp, base + pos, dead);
    }
    for (;;) {
      if (dead !== 0 && m.returnMark === NONE) {
        status = STATUS.FAILED;
        break main;
      }
      if (fp < 0) {
        pc = 0;
        status = STATUS.SINK;
        break main;
      }
      sp = fp;
      const link = st[sp]!;
      const kind = st[sp + 1]!;
      fp = sp - (link >> 1);
      if (kind > 0) {
        if (dead === 0 && at[sp]! === base + pos) {
          if (m.holding) m.dropHeld(sp);
          dead = link & 1;
          pc = kind;
          continue main;
        }
        dead |= link & 1;
        continue;
      }
      switch (kind) {
        case -1 /* frame RUN */:
          status = STATUS.FAILED;
          fp = sp;
          sp += 2;
          break main;
        case -2: /* frame ATTEMPT */
        case -3 /* frame LOOK */:
          if (m.holding) m.dropHeld(sp);
          pos = (at[sp]! - base) | 0;
          dead = link & 1;
          m.unmark(sp);
          continue;
        case -4 /* frame NOT */:
          if (m.holding) m.dropHeld(sp);
          pos = (at[sp]! - base) | 0;
          dead = link & 1;
          far = at[sp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[sp + 1]! - base) | 0;
          m.unmark(sp);
          pc = code[st[sp + 2]! + 1]!;
          continue main;
        case -5 /* frame LEAF */:
          if (m.holding) m.dropHeld(sp);
          pos = (at[sp]! - base) | 0;
          far = at[sp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[sp + 1]! - base) | 0;
          m.unmark(sp);
          pc = st[sp + 2]!;
          if (pos > far && pos !== labelAt) {
            far = pos;
            farPc = pc;
            farPc2 = 0;
            farRule = rule;
            stale = 0;
            left = 0;
          } else if (pos === far && farPc2 === 0 && farPc !== 0 && stale === 0 && pos !== labelAt) {
            farPc2 = pc;
            farRule = rule;
            left = 0;
          } else if (pos >= far) {
            m.labelAt = labelAt;
            m.noteSlowly(pc, pos, far, farPc, farPc2, stale);
            far = pos;
            farPc = 0;
            farPc2 = 0;
            farRule = rule;
            stale = 0;
            left = 0;
          }
          if (dead !== 0 && pos === far) m.noteOpened(program, pc, fp, base + pos);
          if (m.holding) m.settleFailure(fp, base + pos, dead);
          continue;
        case -6 /* frame QUIET */:
          far = at[sp + 1]! === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, at[sp + 1]! - base) | 0;
          continue;
        case -7 /* frame LABEL */:
          m.labelPc = st[sp + 2]!;
          labelAt = at[sp + 1]! < 0 ? -1 : Math.max(-1, at[sp + 1]! - base) | 0;
          m.labelProgram = vals[sp] as Program;
          continue;
        case -8 /* frame RULE */:
          rule = sp - st[sp + 2]!;
          if (farRule === sp) {
            if (left < CONTEXT) failure.rules[left++] = vals[sp] as RuleEntry;
            farRule = rule;
          }
          continue;
        case -13 /* frame MARK */:
          if (m.textMark === sp) m.textMark = NONE;
          continue;
        case -15 /* frame BOUND */:
          fp = sp;
          pc = 0;
          status = STATUS.ABANDON;
          break main;
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
  m.cut = dead;
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
