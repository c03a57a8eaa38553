// What the table of instructions says, by name and by opcode. The opcode is the place in the table.
import { rows } from "./instruction-table.ts";

/** What an operand means; `set` takes three places: offset into the class table, bit, number of the set. */
export type Operand =
  | "pc"
  | "char"
  | "set"
  | "const"
  | "function"
  | "leaf"
  | "table"
  | "rule"
  | "label"
  | "judge"
  | "space"
  | "parser"
  | "recovery"
  | "int"
  | "message";

interface Row {
  readonly name: string;
  readonly operands: readonly Operand[];
  /** Of a super-instruction: the plain ones that it stands for. They stay beneath it, and it reads their operands. */
  readonly row?: readonly string[];
  /** And those that the operand of the first one leads to. */
  readonly inner?: readonly string[];
}

export type InstructionName = (typeof rows)[number]["name"];

/** All instructions by opcode. */
export const instructions: readonly Row[] = rows;

/** Opcodes by name: `OP.CHAR`. */
export const OP: Readonly<Record<InstructionName, number>> = Object.fromEntries(
  rows.map((row, opcode) => [row.name, opcode]),
) as Record<InstructionName, number>;

const widths: readonly number[] = rows.map((row) =>
  (row.operands as readonly Operand[]).reduce((sum, operand) => sum + (operand === "set" ? 3 : 1), 1),
);

/** How many places an instruction takes, its opcode included. */
export function widthOf(opcode: number): number {
  return widths[opcode] ?? 1;
}
