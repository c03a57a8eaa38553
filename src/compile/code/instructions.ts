// The instructions by name and by opcode, and where their operands stand. The opcode is the index in the table of instructions.
import { rows } from "./instruction-table.ts";

/** The kind of an operand. A `set` takes three places: the offset into the class table, the bit, the number of the set. */
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
  /** Of a super-instruction: the plain instructions that it does. They stay behind it in the code, and it reads their operands. */
  readonly row?: readonly string[];
  /** The instructions that the operand of the first one leads to. */
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
  /** How many places behind the opcode it stands; of a set, where the number of the set stands. */
  readonly at: number;
}

interface Layout {
  readonly operands: readonly OperandPlace[];
  readonly width: number;
  /** Where the first operand stands that is an address in the code; 0 if there is none. */
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
 * Where the operand stands that says where the code goes on, in places behind the opcode; the first if there are two.
 *
 * @throws Error if there is none.
 */
export function targetOf(opcode: number): number {
  const target = layouts[opcode]?.target ?? 0;
  if (target === 0) throw new Error(`${instructions[opcode]?.name} goes on nowhere else`);
  return target;
}
