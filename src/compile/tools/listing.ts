// A program in readable form, for people who want to see what became of their grammar.
import type { Node } from "../../grammar/node.ts";
import { instructions, type Operand, widthOf } from "../code/instructions.ts";
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
    const operands: string[] = [];
    let at = pc + 1;
    for (const operand of row.operands) {
      operands.push(showOperand(program, operand, at));
      at += operand === "set" ? 3 : 1;
    }
    lines.push(`${String(pc).padStart(5)}  ${[row.name.toLowerCase(), ...operands].join(" ")}`.trimEnd());
  }
  return `${lines.join("\n")}\n`;
}

function ruleEntries(program: Program): Map<number, string> {
  const entries = new Map<number, string>();
  const { code } = program;
  for (let pc = 1; pc < code.length; pc += widthOf(code[pc] as number)) {
    if (instructions[code[pc] as number]?.name !== "RULE") continue;
    entries.set(code[pc + 1] as number, program.rules[code[pc + 2] as number]?.name ?? "rule");
  }
  return entries;
}

function showOperand(program: Program, operand: Operand, at: number): string {
  const value = program.code[at] as number;
  switch (operand) {
    case "pc":
      return `→${value}`;
    case "char":
      return value < 0 ? "-" : JSON.stringify(String.fromCharCode(value));
    case "set":
      return `[${program.sets[program.code[at + 2] as number]?.description ?? "?"}]`;
    case "const":
      return show(program.constants[value]);
    case "function":
      return program.functions[value]?.name || "function";
    case "leaf":
      return JSON.stringify(program.leaves[value]?.text ?? "");
    case "rule":
      return program.rules[value]?.name ?? String(value);
    case "label":
      return JSON.stringify(program.labels[value] ?? "");
    case "table":
      return dispatchLines(program, value);
    case "message":
      return JSON.stringify(program.messages[value] ?? "");
    case "judge":
      return program.judges[value]?.name || "function";
    case "parser": {
      const parser = program.constants[value] as Node;
      return parser.kind === "rule" ? parser.name : parser.kind;
    }
    case "space":
      return value < 0 ? "-" : "space";
    case "recovery":
      return program.recoveries[value]?.node.action.kind ?? "";
    case "int":
      return String(value);
  }
}

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
