// A program in readable form, for people who want to see what became of their grammar.
import type { Node } from "../../grammar/node.ts";
import { instructions, type Operand, operandsOf, targetOf, widthOf } from "../code/instructions.ts";
import type { Program } from "../code/program.ts";

/** One line per instruction: its place, name and operands; a rule's entry has a line of its own with the name. */
export function listProgram(program: Program): string {
  const { code } = program;
  const lines: string[] = [];
  const entries = ruleEntries(program);
  for (let pc = 1; pc < code.length; pc += widthOf(code[pc] as number)) {
    const name = entries.get(pc);
    if (name !== undefined) lines.push(`${name}:`);
    if (pc === program.entry) lines.push("start:");
    const row = instructions[code[pc] as number];
    if (row === undefined) throw new Error(`no instruction ${code[pc]} at ${pc}`);
    const operands = operandsOf(code[pc] as number).map(({ kind, at }) =>
      shownAs[kind](program, code[pc + at] as number),
    );
    lines.push(`${String(pc).padStart(5)}  ${[row.name.toLowerCase(), ...operands].join(" ")}`.trimEnd());
  }
  return `${lines.join("\n")}\n`;
}

function ruleEntries(program: Program): Map<number, string> {
  const entries = new Map<number, string>();
  const { code } = program;
  for (let pc = 1; pc < code.length; pc += widthOf(code[pc] as number)) {
    const opcode = code[pc] as number;
    const rule = operandsOf(opcode).find(({ kind }) => kind === "rule");
    if (rule === undefined) continue;
    const name = program.rules[code[pc + rule.at] as number]?.name ?? "rule";
    entries.set(code[pc + targetOf(opcode)] as number, name);
  }
  return entries;
}

/** How an operand is shown, by its kind. */
const shownAs: Readonly<Record<Operand, (program: Program, value: number) => string>> = {
  pc: (_, value) => `→${value}`,
  char: (_, value) => (value < 0 ? "-" : JSON.stringify(String.fromCharCode(value))),
  set: ({ sets }, value) => `[${sets[value]?.description ?? "?"}]`,
  const: ({ constants }, value) => show(constants[value]),
  function: ({ functions }, value) => functions[value]?.name || "function",
  leaf: ({ leaves }, value) => JSON.stringify(leaves[value]?.text ?? ""),
  rule: ({ rules }, value) => rules[value]?.name ?? String(value),
  label: ({ labels }, value) => JSON.stringify(labels[value] ?? ""),
  table: dispatchLines,
  words: ({ words }, value) => `{${words[value]?.texts.length} texts}`,
  message: ({ messages }, value) => JSON.stringify(messages[value] ?? ""),
  refiner: ({ refiners }, value) => refiners[value]?.name || "function",
  parser: ({ constants }, value) => {
    const parser = constants[value] as Node;
    return parser.kind === "rule" ? parser.name : parser.kind;
  },
  space: (_, value) => (value < 0 ? "-" : "space"),
  recovery: ({ recoveries }, value) => recoveries[value]?.node.action.kind ?? "",
  int: (_, value) => String(value),
};

function dispatchLines(program: Program, index: number): string {
  const table = program.tables[index];
  if (table === undefined) return "{}";
  const targets = new Map<number, string>();
  for (let c = 0; c < 128; c++) {
    const target = program.jumps[table.ascii + c] as number;
    if (target !== 0) targets.set(target, (targets.get(target) ?? "") + String.fromCharCode(c));
  }
  return `{${[...targets].map(([target, chars]) => `${JSON.stringify(chars)}→${target >> 1}`).join(" ")}}`;
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "[…]" : "{…}";
  return typeof value === "symbol" ? value.toString() : String(value);
}
