// The instruction table: opcode, name and operands of everything the machine can do. The loop, the listing, the
// super-instruction pass and the tests read this one table. The opcode is the place in the list.

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
  /** A super-instruction laid over the plain one of this name: it reads the operands of the plain code that follows. */
  readonly over?: string;
}

const rows = [
  // control
  { name: "HALT", operands: [] },
  { name: "JUMP", operands: ["pc"] },
  { name: "CALL", operands: ["pc"] },
  { name: "RET", operands: [] },
  { name: "RULE", operands: ["pc", "rule"] },
  { name: "RULE_RET", operands: [] },
  { name: "BIND", operands: ["function", "space"] },
  { name: "LEFT_RECURSION", operands: ["message"] },
  // values
  { name: "PUSH", operands: [] },
  { name: "POP", operands: [] },
  { name: "CONST", operands: ["const"] },
  { name: "MAP", operands: ["function"] },
  { name: "TUPLE", operands: ["int"] },
  // begins a text that is put together of pieces; 1: the value is the first of them
  { name: "JOIN", operands: ["int"] },
  { name: "EMIT", operands: [] },
  // reading
  { name: "CHAR", operands: ["char"] },
  { name: "SET", operands: ["set"] },
  { name: "SPAN", operands: ["set"] },
  { name: "UNTIL", operands: ["leaf"] },
  { name: "TAKE", operands: ["int"] },
  { name: "MORE", operands: [] },
  { name: "PRIMITIVE", operands: ["leaf"] },
  { name: "SCAN", operands: ["leaf"] },
  { name: "EOF", operands: [] },
  { name: "FAIL", operands: [] },
  { name: "REFAIL", operands: [] },
  { name: "NOT_SET", operands: ["set"] },
  // tests
  { name: "TEST_CHAR", operands: ["char", "pc"] },
  { name: "TEST_SET", operands: ["set", "pc"] },
  { name: "DISPATCH", operands: ["table", "pc"] },
  { name: "GIVE_UP", operands: ["pc"] },
  // frames: each push has its pop
  { name: "CHOICE", operands: ["pc"] },
  { name: "COMMIT", operands: ["pc"] },
  { name: "COLLECT", operands: ["pc"] },
  { name: "TALLY", operands: ["pc"] },
  { name: "PROGRESS", operands: [] },
  { name: "LIST", operands: [] },
  { name: "ADD", operands: ["pc"] },
  { name: "LIST_END", operands: [] },
  { name: "RECORD_END", operands: [] },
  { name: "COUNTER", operands: [] },
  { name: "COUNT", operands: ["pc"] },
  { name: "COUNTER_END", operands: [] },
  { name: "COUNTER_DROP", operands: [] },
  { name: "UNTIL_LENGTH", operands: ["int", "pc"] },
  { name: "UNTIL_COUNT", operands: ["int", "pc"] },
  { name: "ATTEMPT", operands: [] },
  { name: "ATTEMPT_END", operands: [] },
  { name: "LOOK", operands: [] },
  { name: "LOOK_END", operands: [] },
  { name: "NOT", operands: ["pc"] },
  { name: "NOT_END", operands: [] },
  { name: "CUT", operands: [] },
  { name: "CUT_BEGIN", operands: [] },
  { name: "OPEN", operands: [] },
  { name: "OPENED", operands: [] },
  { name: "BRACKET", operands: ["char"] },
  { name: "CLOSING", operands: [] },
  { name: "CLOSE", operands: [] },
  { name: "LABEL", operands: ["label"] },
  { name: "LABEL_END", operands: [] },
  { name: "LEAF", operands: ["leaf"] },
  { name: "LEAF_END", operands: [] },
  { name: "QUIET", operands: [] },
  { name: "QUIET_END", operands: [] },
  { name: "MARK", operands: ["char", "pc"] },
  { name: "SLICE", operands: [] },
  { name: "SPANNED", operands: [] },
  { name: "SPANNED_END", operands: [] },
  { name: "POSITION", operands: [] },
  // super-instructions
  { name: "TEXT", operands: ["leaf"], over: "LEAF" },
  { name: "SET_VALUE", operands: ["char", "pc"], over: "MARK" },
  { name: "SPAN_VALUE", operands: ["char", "pc"], over: "MARK" },
  { name: "SPAN1_VALUE", operands: ["char", "pc"], over: "MARK" },
  { name: "SPAN_VALUE_CHAR", operands: ["char", "pc"], over: "MARK" },
  { name: "KEY", operands: ["char", "pc"], over: "MARK" },
  { name: "DECIMAL", operands: ["pc", "pc"], over: "MARK" },
  { name: "SLICE_NUMBER", operands: [], over: "SLICE" },
  { name: "CHAR_SPAN", operands: ["char"], over: "CHAR" },
  { name: "SPAN_RET", operands: ["set"], over: "SPAN" },
  { name: "TEST_CHAR_SPAN", operands: ["char", "pc"], over: "TEST_CHAR" },
  { name: "CALL_DISPATCH", operands: ["pc"], over: "CALL" },
  { name: "SPAN_PUSH_CHAR_SPAN", operands: ["set"], over: "SPAN" },
  { name: "SET_SPAN", operands: ["set"], over: "SET" },
  { name: "RULE_OPEN_LIST", operands: ["pc", "rule"], over: "RULE" },
  { name: "LIST_END_CLOSE", operands: [], over: "LIST_END" },
  { name: "RECORD_END_CLOSE", operands: [], over: "RECORD_END" },
  { name: "ADD_TEST_CHAR_SPAN", operands: ["pc"], over: "ADD" },
  // what judges, waits and is told
  { name: "REFINE", operands: ["judge"] },
  { name: "CHECKPOINT", operands: [] },
  { name: "FRAME", operands: ["label"] },
  { name: "FRAME_END", operands: [] },
  // values out of units, and limits
  { name: "READ", operands: ["const"] },
  // the number says whether a length that was read counts them
  { name: "TAKE_COUNT", operands: ["int"] },
  { name: "LIMIT", operands: ["const"] },
  { name: "LIMIT_END", operands: [] },
  // the longest match of an automaton; the number says whether its text is wanted
  { name: "LONGEST", operands: ["leaf", "int"] },
  { name: "LONGER", operands: ["leaf", "int"] },
  // recovery
  { name: "RECOVER", operands: ["pc", "recovery"] },
  { name: "RECOVER_END", operands: ["pc"] },
  { name: "SKIP_ONE", operands: ["pc"] },
  { name: "RESYNC", operands: ["int"] },
  { name: "ALOUD", operands: ["leaf"] },
  // a judged text
  { name: "SLICED", operands: [] },
  { name: "TRACE", operands: ["label"] },
  { name: "TRACE_END", operands: [] },
  // what is counted in a run with such limits: entries and rounds, and how deep a parser stands in itself
  { name: "STEP", operands: [] },
  { name: "NEST", operands: [] },
  { name: "NEST_END", operands: [] },
  // as REFAIL, of a scope that is no alternative
  { name: "SCOPE_END", operands: [] },
  // a piece of such a text, also at the end of a round in a frame; its end; one of pieces that are in a list
  { name: "JOIN_ADD", operands: ["pc"] },
  { name: "JOIN_COLLECT", operands: ["pc"] },
  { name: "JOIN_END", operands: [] },
  { name: "JOIN_LIST", operands: [] },
  // what may be refused: 0 knows only where it began, 1 keeps the text from there on, 2 may go back there
  { name: "JUDGED", operands: ["int"] },
  // sums and counts, at the top of the stack
  { name: "FOLD", operands: ["function"] },
  { name: "COUNT_DOWN", operands: ["pc"] },
  { name: "SWAP", operands: [] },
  // a text that a function may not understand: back to where it began
  { name: "DECODE", operands: ["function", "pc"] },
  { name: "REWIND", operands: [] },
  // as SLICE, a copy of the bytes
  { name: "SLICE_BYTES", operands: [] },
  // parts in a row that hold a recovery, in a program that recovers
  { name: "ROW", operands: [] },
  { name: "ROW_END", operands: [] },
  // text that leaves while it is read, of bytes (1) as many as the value says; reads so many; the end of either
  { name: "PIECES", operands: ["int"] },
  { name: "PASS", operands: [] },
  { name: "PIECES_END", operands: [] },
  // what can only be skipped behind a value that is emitted: put by (as is the rule in which it stands), and run; the place
  // is what comes next
  { name: "PUT_BY", operands: ["pc"] },
  { name: "RULE_RET_TAIL", operands: [] },
  { name: "TAIL", operands: ["pc"] },
  // goes to a parser that has a program of its own; the number says what of its value is wanted
  { name: "LINK", operands: ["parser", "int"] },
] as const;

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
