// Writes docs/reference/: a page for each import of the package, made of its published types and their doc comments.
// `npm run reference` builds and writes; a test holds that what is checked in is what this would write.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
// the newest TypeScript has no interface for programs like this one
import ts from "typescript-oldest";

const FOLDER = "docs/reference";
const { exports } = JSON.parse(readFileSync("package.json", "utf8"));

/** What the package exports by the names of its imports, and what tells of it. */
function publishedTypes() {
  const entries = Object.entries(exports).flatMap(([path, { types }]) =>
    types === undefined ? [] : [{ path, types }],
  );
  const program = ts.createProgram(
    entries.map(({ types }) => types),
    {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      types: ["node"],
    },
  );
  const checker = program.getTypeChecker();
  const pages = entries.map(({ path, types }) => {
    const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(types)));
    const found = symbols.map((symbol) => resolved(checker, symbol)).sort((a, b) => compare(a.name, b.name));
    return {
      name: `sluice${path.slice(1)}`,
      file: `${path.slice(2).replaceAll("/", "-") || "sluice"}.md`,
      symbols: found,
    };
  });
  return { checker, pages };
}

/** The pages by their path. */
export function referencePages() {
  const { checker, pages } = publishedTypes();
  const places = placesOf(pages);
  const unsaid = [...places.keys()].filter((symbol) => saidOf(symbol, checker) === "");
  if (unsaid.length > 0)
    throw new Error(`exported without a doc comment: ${unsaid.map(({ name }) => name).join(", ")}`);
  const index = pages.map(({ name, file, symbols }) => `- [\`${name}\`](${file}): ${symbols.length} names`).join("\n");
  return new Map([
    [`${FOLDER}/README.md`, `# Reference\n\n${MADE}\n\nWhat each import has:\n\n${index}\n`],
    ...pages.map((page) => [`${FOLDER}/${page.file}`, pageOf(page, places, checker)]),
  ]);
}

/**
 * Types that stand in the declarations of an import and that neither it nor "sluice" exports, so that a user can't write them
 * down: as `import: type in declaration`. What more than one import has is looked at where it is described.
 */
export function unnamedTypes() {
  const { checker, pages } = publishedTypes();
  const everywhere = pages.find(({ name }) => name === "sluice").symbols;
  const places = placesOf(pages);
  return pages.flatMap(({ name, file, symbols }) => {
    const known = new Set([...symbols, ...everywhere]);
    const own = symbols.filter((symbol) => places.get(symbol).file === file);
    return own.flatMap((symbol) => {
      const used = symbol.declarations.flatMap((declaration) => typesIn(declaration, checker));
      const missing = new Set(used.filter((type) => !known.has(type) && type.declarations?.some(isOurs)));
      return [...missing].map((type) => `${name}: ${type.name} in ${symbol.name}`);
    });
  });
}

/** The types that a declaration refers to, without its own parameters. */
function typesIn(declaration, checker) {
  const found = [];
  const visit = (node) => {
    const name = node.typeName ?? node.exprName ?? node.qualifier ?? (node.kind === BASE ? node.expression : undefined);
    const symbol = name && checker.getSymbolAtLocation(name);
    if (symbol && !(symbol.flags & ts.SymbolFlags.TypeParameter)) found.push(resolved(checker, symbol));
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return found;
}

const BASE = ts.SyntaxKind.ExpressionWithTypeArguments;

const MADE = "Made from the doc comments by `npm run reference`.";

function resolved(checker, symbol) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function compare(a, b) {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  if (x !== y) return x < y ? -1 : 1;
  return a < b ? -1 : 1;
}

/** Where each symbol is described: on the first page that has it. Headings that differ only in case are numbered. */
function placesOf(pages) {
  const places = new Map();
  for (const { file, symbols } of pages) {
    const headings = new Map();
    for (const symbol of symbols) {
      if (places.has(symbol)) continue;
      const heading = symbol.name.toLowerCase();
      const before = headings.get(heading) ?? 0;
      headings.set(heading, before + 1);
      const anchor = before === 0 ? heading : `${heading}-${before}`;
      places.set(symbol, { file, anchor });
    }
  }
  return places;
}

function pageOf({ name, file, symbols }, places, checker) {
  const linkTo = (symbol) => {
    const place = places.get(symbol);
    return `[\`${symbol.name}\`](${place.file === file ? "" : place.file}#${place.anchor})`;
  };
  const named = new Map([...places.keys()].reverse().map((symbol) => [symbol.name, symbol]));
  const prose = (text) =>
    text.replace(/\{@link (\w+)\}/g, (_, to) => (named.has(to) ? linkTo(named.get(to)) : `\`${to}\``));
  const list = (title, of) => (of.length === 0 ? "" : `${title}: ${of.map(linkTo).join(", ")}.\n\n`);
  const own = symbols.filter((symbol) => places.get(symbol).file === file);
  const values = own.filter((symbol) => symbol.flags & ts.SymbolFlags.Value);
  const others = own.filter((symbol) => !(symbol.flags & ts.SymbolFlags.Value));
  const elsewhere = symbols.filter((symbol) => !own.includes(symbol));
  return [
    `# ${name}\n\n${MADE}\n\n`,
    list("Functions, parsers and classes", values),
    list("Types", others),
    list("As on other pages", elsewhere),
    own.map((symbol) => entryOf(symbol, prose, checker)).join("\n"),
  ]
    .join("")
    .replace(/\n+$/, "\n");
}

function saidOf(symbol, checker) {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker));
}

function entryOf(symbol, prose, checker) {
  const said = saidOf(symbol, checker);
  const tags = symbol.getJsDocTags(checker).map(({ name, text }) => ({ name, text: ts.displayPartsToString(text) }));
  const told = tags.flatMap(({ name, text }) => {
    if (name === "param") return [`- \`${text.replace(/ /, "`: ")}`];
    if (name === "returns") return [`- Gives ${text}`];
    return name === "throws" ? [`- Throws ${text}`] : [];
  });
  const examples = tags.flatMap(({ name, text }) => (name === "example" ? [`${text}\n`] : []));
  const code = [...basesOf(symbol, checker), ...symbol.declarations].map(declaredAs).join("\n");
  return [
    `## ${symbol.name}\n`,
    `\`\`\`ts\n${code}\n\`\`\`\n`,
    `${prose(said)}\n`,
    ...(told.length === 0 ? [] : [`${prose(told.map((line) => line.replaceAll("\n", "\n  ")).join("\n"))}\n`]),
    ...examples,
  ].join("\n");
}

/** The interfaces that it extends and that no page has. */
function basesOf(symbol, checker) {
  const clauses = symbol.declarations.flatMap((declaration) => declaration.heritageClauses ?? []);
  const bases = clauses.flatMap(({ types }) => types.map(({ expression }) => checker.getSymbolAtLocation(expression)));
  return bases
    .flatMap((base) => (base?.parent === undefined && base !== undefined ? base.declarations : []))
    .filter(isOurs);
}

function isOurs(declaration) {
  return declaration.getSourceFile().fileName.includes("dist/src/");
}

function declaredAs(declaration) {
  const whole = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return whole
    .getText()
    .replace(/^export (declare )?/, "")
    .replace(/\{@link (\w+)\}/g, "`$1`")
    .replace(/^( {4})+/gm, (indent) => indent.slice(indent.length / 2));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const [path, page] of referencePages()) writeFileSync(path, page);
  console.log(`${FOLDER}: ${readdirSync(FOLDER).length} pages`);
}
