// Makes TypeScript of the bodies of instructions: macros, names of operands, of places in rows and of places in frames.
import { argumentsOf, closing, widthOf } from "./definitions.mjs";

/** How control leaves a body: inside arrow functions these could not be written. */
const exits = {
  fail: "break;",
  again: "continue;",
  goOnFailing: "continue;",
  goOn: "continue main;",
  wait: "break main;",
};

export class Expander {
  #definitions;
  #opcodes;
  #kinds;

  constructor(definitions) {
    this.#definitions = definitions;
    this.#opcodes = new Map([...definitions.instructions.keys()].map((name, opcode) => [name, opcode]));
    this.#kinds = new Map([...definitions.frames.keys()].map((name, at) => [name, -1 - at]));
  }

  opcode(name) {
    const opcode = this.#opcodes.get(name);
    if (opcode === undefined) throw new Error(`there is no instruction ${name}`);
    return opcode;
  }

  kind(name) {
    const kind = this.#kinds.get(name);
    if (kind === undefined) throw new Error(`there is no frame ${name}`);
    return kind;
  }

  /** The code of a body; `instruction` is what its operands are those of. */
  expand(body, instruction) {
    const calls = this.#calls(body, instruction);
    const named = this.#names(calls, instruction);
    return this.#numbers(named);
  }

  #definition(name) {
    this.opcode(name);
    return this.#definitions.instructions.get(name);
  }

  /** Where an operand stands behind the opcode of an instruction. */
  #operand(name, operand) {
    for (const { places } of this.#definition(name).operands) {
      const place = places.find((one) => one.name === operand);
      if (place !== undefined) return place.at;
    }
    throw new Error(`${name} has no operand ${operand}`);
  }

  /** Where the instructions of a row begin; the second of a name is NAME2. */
  #row(names) {
    const places = new Map();
    let at = 0;
    for (const name of names) {
      places.set(places.has(name) ? `${name}2` : name, at);
      at += widthOf(this.#definition(name));
    }
    return places.set("after", at);
  }

  #calls(text, instruction) {
    const { macros, expressions } = this.#definitions;
    let out = "";
    let rest = text;
    for (;;) {
      const call = /(?<![.\w])([a-zA-Z]\w*)\(/.exec(rest);
      if (call === null) return out + rest;
      const name = call[1];
      const open = call.index + call[0].length - 1;
      const close = closing(rest, open);
      const parts = argumentsOf(rest.slice(open + 1, close));
      const statement = this.#statement(name, parts, instruction);
      if (statement !== undefined) {
        if (rest[close + 1] !== ";") throw new Error(`${name} is a statement: ${rest.slice(call.index, close + 20)}`);
        const before = out + rest.slice(0, call.index);
        const alone = /[{};]\s*$|^\s*$/.test(before.replace(/\/\/[^\n]*\n\s*$/, "\n"));
        out = before + (alone || /^[^;]*;$/.test(statement) ? statement : `{ ${statement} }`);
        rest = rest.slice(close + 2);
      } else if (expressions.has(name)) {
        const value = this.#calls(substitute(expressions.get(name), parts), instruction);
        const bare =
          /(?:[=(,]|=>)\s*$/.test(out + rest.slice(0, call.index)) && !/^\s*[|&?<>]/.test(rest.slice(close + 1));
        out += rest.slice(0, call.index) + (bare ? value : `(${value})`);
        rest = rest.slice(close + 1);
      } else {
        if (macros.has(name)) throw new Error(`${name} is not used as a statement`);
        out += rest.slice(0, open + 1);
        rest = rest.slice(open + 1);
      }
    }
  }

  /** The statements that a macro stands for. */
  #statement(name, parts, instruction) {
    if (Object.hasOwn(exits, name)) return exits[name];
    if (name === "goTo") return `pc = ${this.#calls(parts[0], instruction)}; continue;`;
    if (name === "leave") return `status = ${parts[0]}; break main;`;
    if (name === "next") return `pc += ${this.#length(instruction)}; continue;`;
    if (name === "push") return this.#push(parts, instruction);
    if (name === "fallsInto") return "// falls through\n";
    const macro = this.#definitions.macros.get(name);
    return macro && this.#calls(substitute(macro, parts), instruction).trim();
  }

  #length({ name, row, inner }) {
    return row === undefined || inner !== undefined ? widthOf(this.#definition(name)) : this.#row(row).get("after");
  }

  #push([kind, given], instruction) {
    const name = kind.replace("FRAME.", "");
    this.kind(name);
    const { scope, named, size } = this.#definitions.frames.get(name).places;
    const values = new Map(fieldsOf(given).map(([field, value]) => [field, this.#calls(value, instruction)]));
    const lines = [scope ? "st[sp] = ((sp - fp) << 1) | cut;" : "st[sp] = (sp - fp) << 1;"];
    const arrays = { int: "st", offset: "at", value: "vals" };
    if (!named.some(({ array, index }) => array === "int" && index === 1)) lines.push(`st[sp + 1] = ${kind};`);
    for (const { array, index, name: field, optional } of named) {
      const value = values.get(field);
      if (value === undefined && !optional) throw new Error(`a frame ${name} needs ${field}`);
      if (value !== undefined) lines.push(`${arrays[array]}[${index === 0 ? "sp" : `sp + ${index}`}] = ${value};`);
      values.delete(field);
    }
    if (values.size > 0) throw new Error(`a frame ${name} has no ${[...values.keys()]}`);
    return [...lines, "fp = sp;", `sp += ${size};`].join("\n");
  }

  /** Operands and places by name. */
  #names(text, instruction) {
    const { row, inner, name } = instruction ?? {};
    const outer = row && this.#row(row);
    const within = inner && this.#row(inner);
    const rowPlace = (member) => within?.get(member) ?? outer?.get(member);
    const base = (member) => (within?.has(member) ? "entry" : "pc");
    return text
      .replace(/\$\.([A-Z_]+)(2?)\.(\w+)/g, (_, member, second, operand) => {
        const at = rowPlace(member + second);
        if (at === undefined) throw new Error(`${name} has no ${member}${second} in its row`);
        return `code[${base(member + second)} + ${at + this.#operand(member, operand)}]!`;
      })
      .replace(/\$\.(\w+)/g, (_, operand) => `code[pc + ${this.#operand(name, operand)}]!`)
      .replace(/\bhere\.([A-Z0-9_]+)\.(\w+)/g, (_, of, operand) => `code[pc + ${this.#operand(of, operand)}]!`)
      .replace(/\bplace\.(\w+)/g, (_, member) => {
        const at = rowPlace(member);
        if (at === undefined) throw new Error(`${name} has no ${member} in its row`);
        return String(at);
      })
      .replace(/\bwidth\.([A-Z0-9_]+)\b/g, (_, of) => String(widthOf(this.#definition(of))))
      .replace(/\b(top|popped)\.([A-Z]+)\.(\w+)/g, (_, where, frame, field) => this.#framePlace(where, frame, field))
      .replace(/\bof\(/g, "of(")
      .replace(/!(?= =[^=])/g, "");
  }

  #framePlace(where, frame, field) {
    const place = this.#definitions.frames.get(frame)?.places.named.find((one) => one.name === field);
    if (place === undefined) throw new Error(`a frame ${frame} has no ${field}`);
    const array = { int: "st", offset: "at", value: "vals" }[place.array];
    const at = where === "top" ? "fp" : "sp";
    return `${array}[${place.index === 0 ? at : `${at} + ${place.index}`}]${array === "vals" ? "" : "!"}`;
  }

  /** Numbers for the names of instructions and frames, and operands of an instruction that stands elsewhere. */
  #numbers(text) {
    return this.#elsewhere(text)
      .replace(/\bOP\.([A-Z0-9_]+)\b/g, (_, name) => `${this.opcode(name)} /* ${name} */`)
      .replace(/\bFRAME\.([A-Z]+)\b/g, (_, name) => `${this.kind(name)} /* frame ${name} */`);
  }

  #elsewhere(text) {
    const call = /\bof\(/.exec(text);
    if (call === null) return text;
    const open = call.index + 2;
    const close = closing(text, open);
    const [whole, name, operand] = /^\.([A-Z0-9_]+)\.(\w+)/.exec(text.slice(close + 1)) ?? [];
    if (name === undefined)
      throw new Error(`of(place) needs an instruction and an operand: ${text.slice(call.index, close + 30)}`);
    const place = `code[${text.slice(open + 1, close)} + ${this.#operand(name, operand)}]!`;
    return this.#elsewhere(text.slice(0, call.index) + place + text.slice(close + 1 + whole.length));
  }
}

function substitute({ parameters, body }, parts) {
  if (parts.length !== parameters.length)
    throw new Error(`${parameters.length} arguments, not ${parts.length}: ${body}`);
  return parameters.reduce(
    (text, name, k) => text.replace(new RegExp(`(?<!\\w|(?<!\\.\\.)\\.)${name}\\b(?!:)`, "g"), () => parts[k]),
    body,
  );
}

/** The fields of an object literal, those of a spread literal too. */
function fieldsOf(literal) {
  return argumentsOf(literal.trim().slice(1, -1)).flatMap((part) => {
    if (part.startsWith("...")) return fieldsOf(part.slice(3));
    const colon = part.indexOf(":");
    return [[part.slice(0, colon).trim(), part.slice(colon + 1).trim()]];
  });
}
