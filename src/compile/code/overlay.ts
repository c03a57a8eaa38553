// Super-instructions: the first opcode of a common row of instructions is replaced by one that does the whole row. The plain
// code stays behind it: a jump into its middle works, and so does a chunk that ends in its middle. The table of instructions says
// which rows there are; here are the other conditions.
import type { CharSet } from "../../text/index.ts";
import { type InstructionName, instructions, OP, targetOf, widthOf } from "./instructions.ts";
import * as operand from "./operands.ts";

interface Row {
  readonly opcode: number;
  readonly members: readonly number[];
  /** The members that the operand of the first one leads to. */
  readonly inner: readonly number[];
  readonly fits: Condition;
}

/** @param places where the members of the row stand. */
type Condition = (code: readonly number[], places: readonly number[], functions: readonly unknown[]) => boolean;

/** Conditions on a row besides its instructions. */
const conditions: { readonly [name in InstructionName]?: Condition } = {
  SPAN1_VALUE: (code, [, set = 0, span = 0]) => code[set + operand.SET_SET] === code[span + operand.SPAN_SET],
  SLICE_NUMBER: (code, [, map = 0], functions) => functions[code[map + operand.MAP_FUNCTION] ?? -1] === Number,
  ADD_TEST_CHAR_SPAN: (code, [add = 0, test]) => code[add + operand.ADD_TO] === test,
};

/** Those that lowering writes itself, since it knows more about the grammar than its code shows. */
const written: readonly InstructionName[] = ["TEXT", "DECIMAL", "KEY"];

/** By the opcode of the first member. Where several fit, the last one in the table is used. */
const rows: ReadonlyMap<number, readonly Row[]> = /* @__PURE__ */ rowsByFirst();

function rowsByFirst(): Map<number, Row[]> {
  const found = new Map<number, Row[]>();
  const opcodes = (names: readonly string[] = []): number[] => names.map((name) => OP[name as InstructionName]);
  for (const [opcode, { name, row, inner }] of instructions.entries()) {
    if (row === undefined || written.includes(name as InstructionName)) continue;
    const [first = 0, ...rest] = opcodes(row);
    const fits = conditions[name as InstructionName] ?? (() => true);
    const known = found.get(first) ?? [];
    found.set(first, [...known, { opcode, members: [first, ...rest], inner: opcodes(inner), fits }]);
  }
  return found;
}

/** Puts super-instructions into code; returns the new code, in which no instruction has moved. */
export function overlay(plain: readonly number[], functions: readonly unknown[], sets: readonly CharSet[]): number[] {
  const code = [...plain];
  for (let pc = 1; pc < plain.length; pc += widthOf(plain[pc] ?? 0)) {
    for (const { opcode, members, inner, fits } of rows.get(plain[pc] ?? -1) ?? []) {
      const places = placesOf(plain, pc, members);
      if (
        places === undefined ||
        placesOf(plain, inner.length === 0 ? pc : (plain[pc + targetOf(members[0] ?? 0)] ?? 0), inner) === undefined
      )
        continue;
      if (fits(plain, places, functions)) code[pc] = opcode;
    }
    const after = plain[pc] === OP.MARK || plain[pc] === OP.KEY ? endOfText(plain, sets, pc) : undefined;
    if (after === undefined) continue;
    code[pc + operand.MARK_CHAR] = after.char;
    code[pc + operand.MARK_NEXT] = after.next;
  }
  return code;
}

/** Where the members of a row stand, if they stand at a place. */
function placesOf(code: readonly number[], from: number, members: readonly number[]): number[] | undefined {
  const places: number[] = [];
  let at = from;
  for (const opcode of members) {
    if (code[at] !== opcode) return undefined;
    places.push(at);
    at += widthOf(opcode);
  }
  return places;
}

/** The character that comes after the text that the instruction at `pc` begins, if one instruction reads both. */
export function charAfterText(code: readonly number[], sets: readonly CharSet[], pc: number): number | undefined {
  return code[pc] === OP.MARK || code[pc] === OP.KEY ? endOfText(code, sets, pc)?.char : undefined;
}

/** The unit after a span that is a text: directly, or where the test for an escape, which it does not begin, fails. */
function endOfText(
  code: readonly number[],
  sets: readonly CharSet[],
  mark: number,
): { char: number; next: number } | undefined {
  const span = mark + widthOf(OP.MARK);
  if (placesOf(code, span, [OP.SPAN, OP.SLICE]) === undefined) return undefined;
  let after = span + widthOf(OP.SPAN) + widthOf(OP.SLICE);
  if (code[after] === OP.JUMP) after = code[after + operand.JUMP_TO] ?? 0;
  const escaped = code[after] === OP.TEST_SET;
  const tested = escaped ? sets[code[after + operand.TEST_SET_SET] ?? -1] : undefined;
  const run = sets[code[span + operand.SPAN_SET] ?? -1];
  const at = escaped ? (code[after + operand.TEST_SET_MISS] ?? 0) : after;
  const char = code[at + operand.CHAR_CHAR];
  if (code[at] !== OP.CHAR || char === undefined || tested?.has(char) === true || run?.has(char) !== false)
    return undefined;
  return { char, next: at + widthOf(OP.CHAR) };
}
