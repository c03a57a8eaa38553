// Jump threading: a jump to a jump goes to the end of the chain, a jump to a return returns, a call before a return becomes a
// jump, and a dispatch skips the test of the character that it has seen. No instruction moves.
import type { CharSet } from "../../text/index.ts";
import { OP, operandsOf, widthOf } from "./instructions.ts";
import * as operand from "./operands.ts";

export function thread(code: number[], jumps: number[], sets: readonly CharSet[]): void {
  const holds = (set: number, char: number): boolean => sets[set]?.has(char) === true;
  for (let pc = 1; pc < code.length; pc += widthOf(code[pc] as number)) {
    for (const { kind, at } of operandsOf(code[pc] as number)) {
      const to = code[pc + at] as number;
      if (kind === "pc" && to > 0) code[pc + at] = destination(code, to);
    }
    shorten(code, pc);
  }
  // calls that now stand before a return
  for (let pc = 1; pc < code.length; pc += widthOf(code[pc] as number)) shorten(code, pc);
  for (const [index, target] of jumps.entries()) {
    if (target !== 0)
      jumps[index] = (target & 1) === 1 ? target : eaten(code, destination(code, target >> 1), index % 128, holds);
  }
}

/** Where a jump to a place ends up. */
function destination(code: readonly number[], pc: number): number {
  let at = pc;
  for (let steps = 0; code[at] === OP.JUMP && steps < 100; steps++) at = code[at + operand.JUMP_TO] as number;
  return at;
}

function shorten(code: number[], pc: number): void {
  if (code[pc] === OP.JUMP && code[code[pc + operand.JUMP_TO] as number] === OP.RET) {
    code[pc] = OP.RET;
    code[pc + operand.JUMP_TO] = OP.RET;
  }
  if (code[pc] === OP.CALL && code[destination(code, pc + widthOf(OP.CALL))] === OP.RET) code[pc] = OP.JUMP;
}

/** The entry of a dispatch table: behind a character that the next instruction would only test again. */
function eaten(
  code: readonly number[],
  pc: number,
  char: number,
  holds: (set: number, char: number) => boolean,
): number {
  if (code[pc] === OP.CHAR && code[pc + operand.CHAR_CHAR] === char) return ((pc + widthOf(OP.CHAR)) << 1) | 1;
  if (code[pc] === OP.SET && holds(code[pc + operand.SET_SET] as number, char))
    return ((pc + widthOf(OP.SET)) << 1) | 1;
  return pc << 1;
}
