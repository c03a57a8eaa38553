// Super-instructions: the first opcode of a common row of instructions is rewritten to one that does the whole row. The
// plain code stays beneath: a jump into its middle works, and so does a chunk that ends in its middle.
import type { CharSet } from "../text/index.ts";
import { OP, widthOf } from "./instructions.ts";

/** Lays super-instructions over code; gives the new code, in which no instruction has moved. */
export function overlay(plain: readonly number[], functions: readonly unknown[], sets: readonly CharSet[]): number[] {
  const code = [...plain];
  const op = (pc: number): number => plain[pc] ?? OP.HALT;
  const next = (pc: number): number => pc + widthOf(op(pc));
  const sameSet = (a: number, b: number): boolean => plain[a + 1] === plain[b + 1] && plain[a + 2] === plain[b + 2];
  const isRow = (pc: number, ...row: readonly number[]): boolean => {
    let at = pc;
    return row.every((wanted) => {
      const here = op(at);
      at = next(at);
      return here === wanted;
    });
  };
  for (let pc = 1; pc < plain.length; pc = next(pc)) {
    const second = next(pc);
    const third = next(second);
    switch (op(pc)) {
      case OP.MARK:
      case OP.KEY:
        if (op(second) === OP.SET && op(third) === OP.SLICE) code[pc] = OP.SET_VALUE;
        else if (op(second) === OP.SPAN && op(third) === OP.SLICE) {
          const after = closingChar(plain, sets, next(third));
          const keyed = op(pc) === OP.KEY;
          if (after !== undefined) {
            code[pc + 1] = after.char;
            code[pc + 2] = after.next;
          }
          code[pc] = keyed ? OP.KEY : after !== undefined ? OP.SPAN_VALUE_CHAR : OP.SPAN_VALUE;
        } else if (op(second) === OP.SET && op(third) === OP.SPAN && sameSet(second, third)) {
          if (op(next(third)) === OP.SLICE) code[pc] = OP.SPAN1_VALUE;
        }
        break;
      case OP.SLICE:
        if (op(second) === OP.MAP && functions[plain[second + 1] ?? -1] === Number) code[pc] = OP.SLICE_NUMBER;
        break;
      case OP.CHAR:
        if (op(second) === OP.SPAN) code[pc] = OP.CHAR_SPAN;
        break;
      case OP.SPAN:
        if (op(second) === OP.RET) code[pc] = OP.SPAN_RET;
        if (isRow(second, OP.PUSH, OP.CHAR, OP.SPAN)) code[pc] = OP.SPAN_PUSH_CHAR_SPAN;
        break;
      case OP.SET:
        if (op(second) === OP.SPAN) code[pc] = OP.SET_SPAN;
        break;
      case OP.CALL:
        if (op(plain[pc + 1] as number) === OP.DISPATCH) code[pc] = OP.CALL_DISPATCH;
        break;
      case OP.RULE: {
        const entry = plain[pc + 1] as number;
        if (isRow(entry, OP.BRACKET, OP.SPAN, OP.LIST)) code[pc] = OP.RULE_OPEN_LIST;
        break;
      }
      case OP.LIST_END:
      case OP.RECORD_END:
        if (isRow(second, OP.CHAR, OP.SPAN, OP.CLOSE, OP.RULE_RET)) {
          code[pc] = op(pc) === OP.LIST_END ? OP.LIST_END_CLOSE : OP.RECORD_END_CLOSE;
        }
        break;
      case OP.TEST_CHAR:
        if (op(second) === OP.SPAN) code[pc] = OP.TEST_CHAR_SPAN;
        break;
      case OP.ADD:
        if (plain[pc + 1] === second && op(second) === OP.TEST_CHAR && op(third) === OP.SPAN) {
          if (op(next(third)) === OP.JUMP) code[pc] = OP.ADD_TEST_CHAR_SPAN;
        }
        break;
    }
  }
  return code;
}

/** The character that comes after the text that the instruction at `pc` begins, if one instruction reads both. */
export function charAfterText(code: readonly number[], sets: readonly CharSet[], pc: number): number | undefined {
  if (code[pc] !== OP.MARK && code[pc] !== OP.KEY) return undefined;
  const span = pc + widthOf(OP.MARK);
  const slice = span + widthOf(OP.SPAN);
  if (code[span] !== OP.SPAN || code[slice] !== OP.SLICE) return undefined;
  return closingChar(code, sets, slice + widthOf(OP.SLICE))?.char;
}

/** The character that comes after a span: directly, or where the test for an escape, which it does not begin, fails. */
function closingChar(
  code: readonly number[],
  sets: readonly CharSet[],
  pc: number,
): { char: number; next: number } | undefined {
  const tested = code[pc] === OP.TEST_SET ? sets[code[pc + 3] ?? -1] : undefined;
  const at = code[pc] === OP.TEST_SET ? (code[pc + 4] ?? 0) : pc;
  const char = code[at + 1];
  if (code[at] !== OP.CHAR || char === undefined || tested?.has(char) === true) return undefined;
  return { char, next: at + 2 };
}
