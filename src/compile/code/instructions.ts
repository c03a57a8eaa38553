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
  | "words"
  | "rule"
  | "label"
  | "refiner"
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

/** An operand of an instruction. */
interface OperandPlace {
  readonly kind: Operand;
  /** How many places behind the opcode it stands; of a set, where its number does. */
  readonly at: number;
}

interface Layout {
  readonly operands: readonly OperandPlace[];
  readonly width: number;
  /** Where the first operand stands that is a place in the code; 0 if none is. */
  readonly target: number;
}

const layouts: readonly Layout[] = /* @__PURE__ */ instructions.map(layoutOf);

function layoutOf({ operands }: Row): Layout {
  let width = 1;
  const places = operands.map((kind): OperandPlace => {
    width += kind === "set" ? 3 : 1;
    return { kind, at: width - 1 };
  });
  return { operands: places, width, target: places.find(({ kind }) => kind === "pc")?.at ?? 0 };
}

/** How many places an instruction takes, its opcode included. */
export function widthOf(opcode: number): number {
  return layouts[opcode]?.width ?? 1;
}

/** The operands of an instruction, in order. */
export function operandsOf(opcode: number): readonly OperandPlace[] {
  return layouts[opcode]?.operands ?? [];
}

/**
 * How many places behind its opcode the operand of an instruction stands that says where the code goes on, the first if there
 * are two.
 *
 * @throws Error if there is none.
 */
export function targetOf(opcode: number): number {
  const target = layouts[opcode]?.target ?? 0;
  if (target === 0) throw new Error(`${instructions[opcode]?.name} goes on nowhere else`);
  return target;
}
