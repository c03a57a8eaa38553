// Holds what `docs/performance.md` says of the super-instructions: which grammars run each. One that only one kind of grammar
// runs is a special case of that grammar, and no instruction.
import { readFileSync } from "node:fs";
import test from "ava";
import { inRepository } from "../../bench/data.ts";
import { instructions } from "../../src/compile/code/instructions.ts";
import { shipped } from "./_shipped.ts";
import { instructionByInstruction } from "./_slowly.ts";

const rows = instructions.filter(({ row }) => row !== undefined).map(({ name }) => name);

/** By super-instruction, the grammars that run it. */
function reached(): Map<string, string[]> {
  const found = new Map(rows.map((name) => [name, [] as string[]]));
  for (const { name, parser, input, binary = false } of shipped) {
    const text = binary ? Uint8Array.from(input, (char) => char.charCodeAt(0)) : input;
    const ran = new Set<string>();
    for (const size of [1, Number.POSITIVE_INFINITY]) {
      const { result, opcodes } = instructionByInstruction(parser, text, size, binary ? { input: "binary" } : {});
      if (!result.ok) throw new Error(`${name}: ${result.diagnostics[0]?.message}`);
      for (const opcode of opcodes) ran.add(instructions[opcode]?.name ?? "?");
    }
    for (const row of rows) if (ran.has(row)) found.get(row)?.push(name);
  }
  return found;
}

test("each super-instruction is run by two grammars at least, and those that the table names", (t) => {
  const page = readFileSync(inRepository("docs/performance.md"), "utf8");
  const table = new Map(
    [...page.matchAll(/^\| `([A-Z0-9_]+)` +\| ([^|]+?) +\|/gm)].map(([, name = "", grammars = ""]) => [name, grammars]),
  );
  const said = (names: readonly string[]): string => names.join(", ");
  const found = [...reached()];
  t.deepEqual(Object.fromEntries(table), Object.fromEntries(found.map(([name, grammars]) => [name, said(grammars)])));
  for (const [name, grammars] of found) {
    // both are JSON
    const kinds = new Set(grammars.map((grammar) => (grammar === "NDJSON" ? "JSON" : grammar)));
    t.true(kinds.size > 1, `${name} is run by ${said(grammars)} alone`);
  }
});
