// The files that the subpaths of the package lead to, by package.json: `dist/lib/NAME.js`, made of `dist/src/NAME.js`.
import { readFileSync } from "node:fs";

const { exports, imports } = JSON.parse(readFileSync("package.json", "utf8"));
const files = [...Object.values(exports), ...Object.values(imports)].flatMap((entry) => Object.values(entry));
const published = files.map((file) => /^\.\/dist\/lib\/(.*)\.js$/.exec(file)?.[1]);

/** The names, each once. */
export const names = [...new Set(published.filter((name) => name !== undefined))];
