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

/** A block of code of a page, fenced, in whatever language. */
export interface Block extends Example {
  /** As `docs/regex.md`. */
  readonly page: string;
  /** The second-level heading above it, `""` if there is none. */
  readonly section: string;
  /** What stands behind the opening fence: `""` if nothing. */
  readonly language: string;
  /** The block that comes next on the page. */
  readonly next: Block | undefined;
}

/** Every block of a page. */
export function blocksOf(page: string, text: string): Block[] {
  const found: Block[] = [];
  for (const fence of [...text.matchAll(/^( *)```(\S*).*\n([\s\S]*?)^ *```$/gm)].reverse()) {
    const before = text.slice(0, fence.index);
    const line = before.split("\n").length;
    const section = before.match(/(?<=^## ).*/gm)?.at(-1) ?? "";
    const code = (fence[3] ?? "").replaceAll(new RegExp(`^${fence[1]}`, "gm"), "");
    found.unshift({ at: `${page}:${line}`, page, section, language: fence[2] ?? "", code, next: found[0] });
  }
  return found;
}

/** How many fences a page has: what the finder must not overlook. */
export function fencesIn(text: string): number {
  return text.match(/^[ >]*(```|~~~)/gm)?.length ?? 0;
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

/** A block as a module in which each `console.log(…); // value` says which line it is instead of printing. */
export function asProgram({ code }: Example): string {
  const lines = code.split("\n").map((line, i) =>
    line.replace(/^( *)console\.log\((.*)\); \/\/ (.*)$/, (whole, space, args, comment) => {
      return valuesIn(comment) === undefined ? whole : `${space}shown(${i}, ${args});`;
    }),
  );
  return [...lines, "declare function shown(line: number, value: unknown): void;", "export {};", ""].join("\n");
}

/**
 * The values that a comment behind a line gives, one for each time the line runs: `"a", then "b"`. Words may follow a value
 * after a colon. If the comment is no value but words, undefined.
 */
export function valuesIn(comment: string): readonly unknown[] | undefined {
  const values = comment.split(", then ").map(valueIn);
  return values.every((one) => one !== undefined) ? values.map(({ value }) => value) : undefined;
}

function valueIn(comment: string): { readonly value: unknown } | undefined {
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
