// Reads the definitions of instructions, frames and macros from `src/machine/instructions/`. They are in the syntax of
// TypeScript, so that every tool can show and format them; what they mean is written in `docs/instructions.md`.
import { readFileSync } from "node:fs";

const folder = new URL("../../src/machine/instructions/", import.meta.url);

/** Files with instructions, in the order of the opcodes. */
const groups = [
  "control",
  "values",
  "reading",
  "tests",
  "lists",
  "scopes",
  "labels",
  "texts",
  "refining",
  "recovery",
  "rows",
];

/** Places that operands of a kind take. */
const placesOf = { set: ["offset", "bit", "set"] };

export function readDefinitions() {
  const found = { instructions: new Map(), frames: new Map(), macros: new Map(), expressions: new Map(), groups: [] };
  for (const file of ["macros", "frames", ...groups]) {
    const source = readFileSync(new URL(groups.includes(file) ? `groups/${file}.ts` : `${file}.ts`, folder), "utf8");
    const blocks = blocksOf(source);
    for (const block of blocks) define(found, block, file);
    if (groups.includes(file))
      found.groups.push({ file, about: aboutOf(source), names: blocks.map(({ name }) => name) });
  }
  return { ...found, skeleton: readFileSync(new URL("loop.ts", folder), "utf8") };
}

function aboutOf(source) {
  return [...source.matchAll(/^\/\/ ?(.*)$/gm)]
    .map(([, line]) => line)
    .join(" ")
    .trim();
}

/** The statements of a file: a doc comment, and a call at the beginning of a line. */
function blocksOf(source) {
  const blocks = [];
  const start = /^\/\*\* ([\s\S]*?) \*\/\n(\w+)\(/gm;
  for (let match = start.exec(source); match !== null; match = start.exec(source)) {
    const open = start.lastIndex - 1;
    const close = closing(source, open);
    const [name, ...rest] = argumentsOf(source.slice(open + 1, close));
    blocks.push({ doc: match[1].replace(/\s*\n \* ?/g, " "), form: match[2], name: JSON.parse(name), rest });
  }
  return blocks;
}

function define(found, { doc, form, name, rest }, file) {
  const text = (index) => JSON.parse(rest[index] ?? '""');
  const taken = found.instructions.has(name) && form !== "frame" && form !== "sameUnwinding";
  if (taken || (found.macros.has(name) && form === "macro")) throw new Error(`${name} is defined twice`);
  switch (form) {
    case "instruction":
      found.instructions.set(name, { name, doc, file, operands: operandsOf(text(0)), body: bodyOf(rest[1]) });
      break;
    case "superInstruction": {
      const [row, inner] = text(0)
        .split(", ")
        .map((names) => names.split(" "));
      const operands = operandsOver(found, name, row[0], text(1));
      found.instructions.set(name, { name, doc, file, row, inner, operands, body: bodyOf(rest[2]) });
      break;
    }
    case "sameBody": {
      const other = found.instructions.get(text(1));
      if (other === undefined) throw new Error(`${name}: ${text(1)} is not defined before it`);
      const row = rest[2] === undefined ? other.row : text(2).split(" ");
      const operands = row === undefined ? operandsOf(text(0)) : operandsOver(found, name, row[0], text(0));
      found.instructions.set(name, { ...other, name, doc, file, row, operands, body: undefined, as: text(1) });
      break;
    }
    case "frame":
      found.frames.set(name, { name, doc, places: framePlaces(text(0)), unwinding: rest[1] && bodyOf(rest[1]) });
      break;
    case "sameUnwinding":
      found.frames.set(name, { name, doc, places: framePlaces(text(0)), unwinding: undefined, as: text(1) });
      break;
    case "macro":
      found.macros.set(name, { parameters: parametersOf(rest[0]), body: bodyOf(rest[0]) });
      break;
    case "expression":
      found.expressions.set(name, { parameters: parametersOf(rest[0]), body: expressionOf(rest[0]) });
      break;
    default:
      throw new Error(`${file}: what is ${form}?`);
  }
}

/** `char miss:pc` → name, kind and place of each operand. */
function operandsOf(text) {
  let at = 1;
  return text
    .split(" ")
    .filter(Boolean)
    .map((part) => {
      const [name, kind = name] = part.split(":");
      const places = (placesOf[kind] ?? [name]).map((place) => ({ name: place, at: at++ }));
      return { name, kind, places };
    });
}

/** The operands of a super-instruction: those of the instruction that it is written over, or as many with other names. */
function operandsOver({ instructions }, name, first, text) {
  const plain = instructions.get(first).operands;
  if (text === "") return plain;
  const operands = operandsOf(text);
  if (widthOf({ operands }) !== widthOf({ operands: plain }))
    throw new Error(`${name} takes not as many places as ${first}`);
  return operands;
}

export function widthOf({ operands }) {
  return operands.reduce((sum, { places }) => sum + places.length, 1);
}

function framePlaces(text) {
  const parts = text.split(" ").filter(Boolean);
  const named = parts
    .filter((part) => part !== "scope")
    .map((part) => {
      const [, array, index = "0", name, optional] = /^(int|offset|value)(\d?):(\w+)(\?)?$/.exec(part) ?? [];
      if (name === undefined) throw new Error(`a place of a frame is written as int2:name, not ${part}`);
      return { array, index: Number(index), name, optional: optional !== undefined };
    });
  const last = Math.max(1, ...named.map(({ index }) => index));
  return { scope: parts.includes("scope"), named, size: last + 1 };
}

function parametersOf(arrow) {
  const [, list = ""] = /^\(([^)]*)\)/.exec(arrow) ?? [];
  return list
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
}

function bodyOf(arrow) {
  const open = arrow.indexOf("{", arrow.indexOf("=>"));
  return arrow.slice(open + 1, closing(arrow, open));
}

function expressionOf(arrow) {
  const text = arrow
    .slice(arrow.indexOf("=>") + 2)
    .trim()
    .replace(/,$/, "");
  return text.startsWith("(") && closing(text, 0) === text.length - 1 ? text.slice(1, -1) : text;
}

/** Where the bracket at a place is closed. */
export function closing(text, open) {
  for (let at = open, depth = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = text.indexOf('"', at + 1);
    else if (char === "/" && text[at + 1] === "/") at = text.indexOf("\n", at);
    else if ("([{".includes(char)) depth++;
    else if (")]}".includes(char) && --depth === 0) return at;
  }
  throw new Error(`a bracket is not closed: ${text.slice(open, open + 60)}`);
}

/** The parts of a list with commas between. */
export function argumentsOf(text) {
  const parts = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = text.indexOf('"', at + 1);
    else if (char === "/" && text[at + 1] === "/") at = text.indexOf("\n", at);
    else if ("([{".includes(char)) at = closing(text, at);
    else if (char === ",") {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...parts, text.slice(from).trim()].filter(Boolean);
}
