// Finds the examples in doc comments and the blocks of code in a page, and compiles them all with one call of `tsc`.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inRepository } from "../../bench/data.ts";

/** A block of code, and where it stands. */
interface Example {
  /** As `src/run/run.ts:80`. */
  readonly at: string;
  readonly code: string;
}

/** Every `ts` block under an `@example` in the doc comments of `src/`. */
export function examplesInSource(): Example[] {
  const folder = inRepository("src/");
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts"));
  return paths.sort().flatMap((path) => examplesIn(`src/${path}`, readFileSync(new URL(path, folder), "utf8")));
}

export function examplesIn(path: string, source: string): Example[] {
  const found: Example[] = [];
  for (const comment of source.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    for (const example of comment[0].matchAll(/^ *\* @example *\n *\* ```ts\n((?: *\*.*\n)*?) *\* ```$/gm)) {
      const line = source.slice(0, comment.index + example.index).split("\n").length;
      found.push({ at: `${path}:${line}`, code: (example[1] ?? "").replace(/^ *\* ?/gm, "") });
    }
  }
  return found;
}

/** How many times a doc comment says `@example`: what the finder must not overlook. */
export function examplesSaid(source: string): number {
  return source.match(/^ *\* @example\b/gm)?.length ?? 0;
}

interface Block extends Example {
  /** What the page says that it prints: the `text` block that comes next, if one does. */
  readonly prints: string | undefined;
}

/** Every `ts` block of a page. */
export function blocksOf(path: string, page: string): Block[] {
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap((block, i) => {
    if (block[1] !== "ts") return [];
    const line = page.slice(0, block.index).split("\n").length;
    const next = blocks[i + 1];
    return [{ at: `${path}:${line}`, code: block[2] ?? "", prints: next?.[1] === "text" ? next[2] : undefined }];
  });
}

/**
 * An example as a module that exports what its last line gives and what that line says it gives.
 *
 * @throws Error if the last line has no `// =>`.
 */
export function asModule({ at, code }: Example): string {
  const lines = code.trimEnd().split("\n");
  const last = /^(.*?);? \/\/ => (.*)$/.exec(lines.pop() ?? "");
  if (last === null) throw new Error(`the example at ${at} does not end in a line with "// =>"`);
  return [...lines, `export const given: unknown = ${last[1]};`, `export const said: unknown = ${last[2]};`, ""].join(
    "\n",
  );
}

/** A block as a module in which each `console.log(…); // value` also says which line it is. */
export function asProgram({ code }: Example): string {
  const lines = code.split("\n").map((line, i) =>
    line.replace(/^( *)console\.log\((.*)\);( \/\/ .*)$/, (_, space, args, comment) => {
      return `${space}console.log(...shown(${i}, [${args}]));${comment}`;
    }),
  );
  return [
    ...lines,
    "declare function shown<const T extends readonly unknown[]>(line: number, args: T): T;",
    "export {};",
    "",
  ].join("\n");
}

/** The value that a comment behind a line says, if it does: in full, or before a colon and words. */
export function valueIn(comment: string): { readonly value: unknown } | undefined {
  for (const text of [comment, comment.slice(0, Math.max(0, comment.indexOf(": ")))]) {
    if (text === "") continue;
    try {
      return { value: new Function(`return (${text});`)() };
    } catch {
      // words, not a value
    }
  }
  return undefined;
}

const NAME = "examples";

/**
 * Compiles modules, in which "sluice" is this package as it is built; gives the address of each.
 *
 * @throws Error with the compiler's complaints.
 */
export function compiled(modules: readonly string[]): string[] {
  // in `dist`: there the package may import itself by name, and nothing is kept
  const folder = fileURLToPath(inRepository(`dist/${NAME}/`));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  modules.forEach((text, i) => {
    writeFileSync(`${folder}${i}.ts`, text);
  });
  const compilerOptions = {
    rootDir: ".",
    outDir: "out",
    declaration: false,
    isolatedDeclarations: false,
  };
  writeFileSync(
    `${folder}tsconfig.json`,
    JSON.stringify({ extends: "../../tsconfig.json", compilerOptions, include: ["*.ts"] }),
  );
  const tsc = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript/package.json")));
  try {
    execFileSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
  } catch (error) {
    throw new Error(String((error as { stdout?: unknown }).stdout ?? error));
  }
  return modules.map((_, i) => inRepository(`dist/${NAME}/out/${i}.js`).href);
}
