// Parsers that have a program of their own: those that a function makes while running, and those that a link leads to. Each is
// entered on a frame that holds the program to return to.

import { OP, widthOf } from "../../compile/code/instructions.ts";
import * as operand from "../../compile/code/operands.ts";
import type { Program } from "../../compile/code/program.ts";
import { linkedProgram, programOfMade } from "../../compile/index.ts";
import { isRefusal } from "../../grammar/combinators/refine.ts";
import { isKnown, type Node } from "../../grammar/node.ts";
import { nodeOf } from "../../grammar/parser.ts";
import * as slot from "../memory/frame-slots.ts";
import { FRAME } from "../memory/frames.ts";
import { checkInputKind } from "../reading/input-kind.ts";
import { tooDeep, tooMany } from "./limits.ts";
import type { Machine } from "./machine.ts";
import { variantOf } from "./options.ts";
import { STATUS, type Status } from "./status.ts";

/** How many parsers that are made while running may begin at one place (semantics, rule 13). */
const MOST_MADE = 10_000;

/** Enters the parser that comes next; returns whether it could. */
export function entered(m: Machine, status: Status): boolean {
  return status === STATUS.LINK ? enterLinked(m) : enterMade(m);
}

/** Enters the parser that a function made. */
function enterMade(m: Machine): boolean {
  const { constants, code, functions } = m.program;
  const parser = functions[code[m.pc + operand.BIND_FUNCTION] as number]?.(m.val);
  let node: Node;
  try {
    node = nodeOf(parser);
  } catch (error) {
    const hint = isRefusal(parser) ? "; refuse is for the function of tryMap" : "";
    throw new TypeError(`the function given to andThen must return a parser: ${(error as Error).message}${hint}`);
  }
  const { offset, options } = m;
  if (tooMany(m, offset) || tooDeep(m, offset) || isEndless(m, "andThen")) return false;
  const space = constants[code[m.pc + operand.BIND_SPACE] as number] as Node | undefined;
  enterProgram(
    m,
    checkInputKind(programOfMade(node, variantOf(options), space), options.binary),
    m.pc + widthOf(OP.BIND),
  );
  return true;
}

/** Enters what a link leads to; a `lazy` is resolved first. */
function enterLinked(m: Machine): boolean {
  const { code, constants, silent } = m.program;
  const node = constants[code[m.pc + operand.LINK_PARSER] as number] as Node;
  const isNew = node.kind === "lazy" && !isKnown(node);
  if (isNew && silent) throw new Error("only a function of the user knows what comes here");
  if (isNew && isEndless(m, "lazy")) return false;
  const made = linkedProgram(node, code[m.pc + operand.LINK_INT] as number, variantOf(m.options));
  const program = checkInputKind(made, m.options.binary);
  // the complement tells the frame from those of parsers that functions returned
  enterProgram(m, silent ? program.withoutFunctions() : program, ~(m.pc + widthOf(OP.LINK)));
  m.stack.values[m.fp + slot.PROGRAM_IS_NEW] = isNew;
  return true;
}

/** Counts one more parser that was made at this place; returns whether that seems to have no end. */
function isEndless(m: Machine, made: string): boolean {
  const { offset } = m;
  m.madeCount = offset === m.madeAt ? m.madeCount + 1 : 1;
  m.madeAt = offset;
  if (m.madeCount > MOST_MADE) m.fatal("E4001", made, offset);
  return m.madeCount > MOST_MADE;
}

/** Goes on in a program, on a frame that holds where to return to in the current one: a place, or for a link its complement. */
export function enterProgram(m: Machine, program: Program, returnTo: number): void {
  if (m.sp + slot.PROGRAM_SIZE > m.stack.ints.length) m.stack.grow();
  m.push(FRAME.PROGRAM, slot.PROGRAM_SIZE, m.program, 0);
  m.stack.offsets[m.fp + slot.PROGRAM_RETURN_TO] = returnTo;
  m.switch(program);
  m.pc = program.entry;
}

/**
 * Leaves it again.
 *
 * @param pc where a failure goes on; without it, the place to return to.
 */
export function leaveProgram(m: Machine, pc?: number): void {
  m.pop();
  const { offsets, values } = m.stack;
  const returnTo = offsets[m.sp + slot.PROGRAM_RETURN_TO] as number;
  const outer = values[m.sp] as Program;
  if (returnTo >= 0) m.usage.depth--;
  // any number of parsers may be tried in vain at one place
  else if (pc !== undefined && values[m.sp + slot.PROGRAM_IS_NEW] === true && m.offset === m.madeAt) m.madeCount--;
  m.switch(m.program.silent ? outer.withoutFunctions() : outer);
  m.pc = pc ?? (returnTo >= 0 ? returnTo : ~returnTo);
}
