// The files that are made of the definitions.
import { effectsOf } from "./effects.mjs";
import { Expander } from "./expand.mjs";

const notice = "// Made by scripts/instructions.mjs from src/machine/instructions/: change it there.\n";

export function makeLoop(definitions) {
  const expander = new Expander(definitions);
  const cases = inOrder(definitions.instructions).map((instruction) => {
    const names = [instruction.name, ...sharing(definitions.instructions, instruction.name)];
    const labels = names.map((name) => `case /* ${name} */ ${expander.opcode(name)}:`);
    return block(labels, expander.expand(instruction.body, instruction));
  });
  const frames = [...definitions.frames.values()]
    .filter(({ unwinding }) => unwinding !== undefined)
    .map((frame) => {
      const names = [frame.name, ...sharing(definitions.frames, frame.name)];
      return block(
        names.map((name) => `case /* frame ${name} */ ${expander.kind(name)}:`),
        expander.expand(frame.unwinding),
      );
    });
  const [head, middle, tail] = definitions.skeleton.split(/ *\/\/ <(?:instructions|frames)>\n/);
  const rest = [head, middle, tail].map((part) => expander.expand(part));
  return `${notice}${rest[0]}${cases.join("\n")}\n${rest[1]}${frames.join("\n")}\n${rest[2]}`;
}

/** Instructions with a body; one that falls into another stands before it. */
function inOrder(instructions) {
  const bodies = [...instructions.values()].filter(({ body }) => body !== undefined);
  const next = new Map(bodies.map((one) => [one.name, /fallsInto\(OP\.(\w+)\)/.exec(one.body)?.[1]]));
  const entered = new Set(next.values());
  const ordered = [];
  for (const one of bodies.filter(({ name }) => !entered.has(name))) {
    for (let name = one.name; name !== undefined; name = next.get(name)) ordered.push(instructions.get(name));
  }
  return ordered;
}

function sharing(definitions, name) {
  return [...definitions.values()].filter(({ as }) => as === name).map((one) => one.name);
}

function block(labels, body) {
  const falls = body.endsWith("// falls through\n\n") || /\/\/ falls through\s*$/.test(body);
  const text = body.replace(/\/\/ falls through\s*$/, "").trim();
  const own = declares(text);
  const lines = own || falls ? `{\n${text}\n}` : `\n${text}`;
  return `${labels.join("\n")} ${lines}${falls ? "\n// falls through" : ""}`;
}

/** Whether code declares names outside the blocks in it: in a `switch` it then needs a block of its own. */
function declares(text) {
  let depth = 0;
  for (const [token] of text.matchAll(/[{}]|(?<![(\w])(?:const|let) /g)) {
    if (token === "{") depth++;
    else if (token === "}") depth--;
    else if (depth === 0) return true;
  }
  return false;
}

export function makeTable({ instructions }) {
  const list = (names) => `[${names.map((name) => `"${name}"`).join(", ")}]`;
  const rows = [...instructions.values()].map(({ name, operands, row, inner }) => {
    const members =
      (row === undefined ? "" : `, row: ${list(row)}`) + (inner === undefined ? "" : `, inner: ${list(inner)}`);
    return `{ name: "${name}", operands: ${list(operands.map(({ kind }) => kind))}${members} },`;
  });
  return `${notice}export const rows = [\n${rows.join("\n")}\n] as const;\n`;
}

/** Where operands stand behind the opcode: constants of their own, so that a bundle has only those that are used. */
export function makeOperands({ instructions }) {
  const places = [...instructions.values()].flatMap(({ name, operands }) =>
    operands.flatMap((operand) =>
      operand.places.map((place) => `export const ${name}_${place.name.toUpperCase()} = ${place.at};`),
    ),
  );
  return `${notice}// Where the operands of each instruction stand, behind its opcode.\n${places.join("\n")}\n`;
}

export function makeFrames({ frames }) {
  const kinds = [...frames.values()].filter(
    ({ places }) => !places.named.some(({ array, index }) => array === "int" && index === 1),
  );
  const lines = kinds.map(({ name, doc }, at) => `/** ${doc} */\n${name}: ${-1 - at},`);
  return `${notice}/** Kinds of frames. */\nexport const FRAME = {\n${lines.join("\n")}\n} as const;\n`;
}

/** The offset of each slot of a frame from the frame's first one, and how many slots a frame takes. */
export function makeFrameSlots({ frames }) {
  const constant = (name) => name.replace(/[A-Z]/g, "_$&").toUpperCase();
  const places = [...frames.values()].flatMap(({ name, places: { named, size } }) => [
    ...named
      .filter(({ array, index }) => index > 0 && !(array === "int" && index === 1))
      .map(({ name: own, index }) => `export const ${name}_${constant(own)} = ${index};`),
    `export const ${name}_SIZE = ${size};`,
  ]);
  const about =
    "// The slots of frames, counted from a frame's first one (where it began, and a value), and how many slots a frame takes.";
  return `${notice}${about}\nexport const KIND = 1;\n${places.join("\n")}\n`;
}

const guide = `# Instructions

The program of a grammar is made of these. \`listing(p)\` shows one, and [design.md](design.md#reading-a-listing) how to read it. This
page is made by \`npm run instructions\` from the definitions in \`src/machine/instructions/\`; so are the loop
(\`src/machine/control/loop.ts\`), the table (\`src/compile/code/instruction-table.ts\`) and the kinds of frames and their slots (\`frame-kinds.ts\` and \`frame-slots.ts\` in \`src/machine/memory/\`).

## How an instruction is written

\`\`\`text
/** Reads this unit, or goes elsewhere. */
instruction("TEST_CHAR", "char miss:pc", ($) => {
  if (u[pos]! === $.char) {
    pos++;
    next();
  }
  waitAtEnd();
  note(pc);
  goTo($.miss);
});
\`\`\`

The name, the operands (\`name:kind\`, or a kind that is its own name), and the body. The body is put into the loop as it is, with
these replaced:

| written | means |
| --- | --- |
| \`$.miss\` | an operand, relative to \`pc\`: read it before \`pc\` changes. A \`set\` has three: \`$.offset\` and \`$.bit\` in the class table, and \`$.set\`, its number |
| \`here.CHAR.char\` | an operand of the instruction at \`pc\`, which is a CHAR |
| \`of(place).NOT.to\` | an operand of the instruction at another place |
| \`width.CALL\` | how many places an instruction takes |
| \`OP.KEY\`, \`FRAME.LIST\` | the number of an instruction, of a kind of frame |
| \`push(FRAME.MARK, { began: … })\` | pushes a frame; its places have the names that \`frames.ts\` gives them |
| \`top.LEAF.state\`, \`popped.LEAF.state\` | a place of the innermost frame, of the frame that was just popped |
| \`next()\` | goes on behind the instruction, or behind the whole row |
| \`goTo(place)\`, \`again()\` | goes on at a place; at \`pc\` |
| \`fail()\` | fails at \`pos\` |
| \`wait()\` | suspends until there is more input; nothing may have changed before it, since the instruction runs again |
| \`leave(status)\` | leaves the loop: the machine does something rare and enters it again |

Other calls in small letters are macros (\`macros.ts\`). A super-instruction names the row of plain instructions that it stands for;
\`$.SPAN.bit\` is then an operand of a member of the row, \`place.SPAN\` where the member begins, \`place.after\` where the row ends.
\`SPAN2\` is the second SPAN of a row. A row after a comma is the one that the first member's operand leads to.

To add an instruction: define it in the file of its group, write it where its combinator is lowered (\`compile/lower/\`), run
\`npm run instructions\`, and give \`spec/machine/_samples.ts\` a grammar that reaches it: the tests then run it against the twin,
suspended before and inside it.
`;

export function makeReference(definitions) {
  const groups = definitions.groups.map(({ about, names }) => {
    const rows = names.map((name) => {
      const { operands, row, inner, doc } = definitions.instructions.get(name);
      const written = operands.map(({ name: own, kind }) => (own === kind ? own : `${own}: ${kind}`)).join(", ");
      const members = row && [...row, ...(inner === undefined ? [] : ["→", ...inner])].join(" ");
      const { fails, waits, frames } = effectsOf(definitions, name);
      const may = [fails && "fails", waits && "waits"].filter(Boolean).join(", ");
      return [name, members ?? written, doc, frames.join(", "), may];
    });
    const [title, ...text] = about.split(": ");
    const second = title === "Super-instructions" ? "row" : "operands";
    return `## ${title}\n\n${capital(text.join(": "))}\n\n${table(["", second, "what it does", "frames", "may"], rows)}`;
  });
  const frames = [...definitions.frames.values()].map(({ name, doc, places }) => [
    name,
    doc,
    places.scope ? "yes" : "",
    places.named
      .map(({ array, index, name: own }) => `${own} (${array}${array === "value" && index === 0 ? "" : index})`)
      .join(", "),
  ]);
  const kinds = `## Frames\n\nWhat stands on the stack while a parser is not finished.\n\n${table(["", "what it is", "keeps whether the scope is cut", "places"], frames)}`;
  return [guide, ...groups, kinds].join("\n");
}

function table(head, rows) {
  const lines = [head, head.map(() => "---"), ...rows];
  return `${lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`).join("\n")}\n`;
}

function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
