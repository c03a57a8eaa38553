// Operands and slots of frames have names (`operands.ts`, `frame-slots.ts`): nothing written by hand counts them, so that an
// instruction or a frame can be changed in one place.
import { readdirSync, readFileSync } from "node:fs";
import test from "ava";
import { inRepository } from "../../bench/data.ts";
import * as slot from "../../src/machine/memory/frame-slots.ts";

const made = ["machine/control/loop.ts", "compile/code/instruction-table.ts", "compile/code/operands.ts"];
const definitions = "machine/instructions/";

/** What counts slots instead of naming them. */
const counted: readonly RegExp[] = [
  // code[pc + 1], code[pc + 2 * k]
  /\bcode\[[^\]]*[+-] \d/,
  /\b(?:land|point)\([^,)]*[+-] \d/,
  /\bemit\((?:[^()]|\([^()]*\))*\) [+-] \d/,
  // m.pc++, pc + 3, sp += 2; and places of the stack: ints[at + 1], stack.offsetAt(depth + 1), values[fp - 1]
  /\bpc(?:\+\+|--)/,
  /\b(?:pc|sp|fp) [+-]=? \d/,
  /\b(?:ints|offsets)\[(?:[1-9]|[^\]]*[+-] \d)/,
  /\bvalues\[[^\]]*\b(?:at|sp|fp|frame|depth|top|leaf|place) [+-] \d/,
  /\b(?:int|offset|value)At\([^)]*[+-] \d/,
];

function countedIn(source: string): string[] {
  return source
    .split("\n")
    .filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line) && counted.some((pattern) => pattern.test(line)))
    .map((line) => line.trim());
}

/** Files of `src/` that know instructions or frames. */
function files(): Map<string, string> {
  const found = new Map<string, string>();
  for (const room of ["compile", "machine"]) {
    for (const path of readdirSync(inRepository(`src/${room}/`), { recursive: true, encoding: "utf8" })) {
      const name = `${room}/${path.replaceAll("\\", "/")}`;
      if (!name.endsWith(".ts") || made.includes(name) || name.startsWith(definitions)) continue;
      found.set(name, readFileSync(inRepository(`src/${name}`), "utf8"));
    }
  }
  return found;
}

test("no file counts the operands of an instruction or the slots of a frame", (t) => {
  const sources = files();
  t.true(sources.size > 50);
  for (const [name, source] of sources) t.deepEqual(countedIn(source), [], name);
});

test("what counts them is found", (t) => {
  for (const line of [
    "const to = code[pc + 1] as number;",
    "asm.land(choice + 1);",
    'ends.push(asm.emit("COMMIT", 0) + 1);',
    'asm.land(asm.emit("ADD", asm.constant(1)) + 1);',
    "m.pc++;",
    "m.pc += 3;",
    "into(m, program, ~(m.pc + 3));",
    "this.sp = sp + 2;",
    "stack.ints[leaf + 2] = 0;",
    "this.stack.ints[1] = FRAME.RUN;",
    "const kind = stack.intAt(depth + 1) ?? FRAME.RUN;",
    "if (stack.values[fp + 1] !== true) return;",
  ])
    t.deepEqual(countedIn(line), [line]);
  for (const line of [
    "const to = code[pc + operand.JUMP_TO] as number;",
    "// as at code[pc + 1]",
    "stack.ints[m.sp++] = back;",
    "m.pc += widthOf(OP.LOOKAHEAD);",
    "return pairOf(values[from], values[from + 1]);",
    "stack.offsets[m.fp + slot.WITHIN_OUTER_END] = window.withinEnd;",
  ])
    t.deepEqual(countedIn(line), []);
});

/** The arrays of the stack by what a definition of a frame calls them. */
const arrays: Readonly<Record<string, string>> = { ints: "int", offsets: "offset", values: "value" };

test("a slot of a frame is looked up in the array that holds it", (t) => {
  const frames = readFileSync(inRepository(`src/${definitions}frames.ts`), "utf8");
  const kept = new Map<string, string>();
  for (const [, name, places = ""] of frames.matchAll(/^(?:frame|sameUnwinding)\("(\w+)", "([^"]*)"/gm)) {
    for (const [, array = "", own = ""] of places.matchAll(/(int|offset|value)\d?:(\w+)/g))
      kept.set(`${name}_${own.replace(/[A-Z]/g, "_$&").toUpperCase()}`, array);
  }
  kept.set("KIND", "int");
  const used = new Set<string>();
  for (const [path, source] of files()) {
    const found = source.matchAll(
      /\b(?:(int|offset|value)At\(|(ints|offsets|values)\[)[^\])]*\+ (?:slot\.)?([A-Z][A-Z_]+)/g,
    );
    for (const [text, read, written = "", name = ""] of found) {
      t.is(read ?? arrays[written], kept.get(name), `${path}: ${text}`);
      used.add(name);
    }
  }
  t.true(used.size > 10);
  for (const name of used) t.true(name in slot, name);
});
