// What the modules of a folder export, and which of it nobody imports.

/** The source of modules by path. */
export type Sources = ReadonlyMap<string, string>;

interface Module {
  /** Names that it declares itself and exports. */
  readonly declared: ReadonlySet<string>;
  /** Names that it exports of others: where each comes from, and what it is called there. */
  readonly passed: ReadonlyMap<string, Export>;
  /** Modules of which it exports everything. */
  readonly starred: readonly string[];
  /** What it imports for itself. */
  readonly imported: readonly Export[];
}

interface Export {
  readonly path: string;
  readonly name: string;
}

/** Stands for every name of a module. */
const EVERY = "*";

/**
 * The exports, as `path#name`, that no other module imports and no entry leads to. What a module only passes on counts as
 * imported where it is imported from that module.
 *
 * @param entries modules of which everything is public.
 * @param checked which modules are looked at; the others only import.
 */
export function unusedExports(
  sources: Sources,
  entries: Iterable<string>,
  checked: (path: string) => boolean,
): string[] {
  const modules = new Map([...sources].map(([path, source]) => [path, moduleOf(path, source)]));
  const used = new Set<string>();
  const use = ({ path, name }: Export): void => {
    const module = modules.get(path);
    if (module === undefined || used.has(`${path}#${name}`)) return;
    used.add(`${path}#${name}`);
    if (name === EVERY) {
      for (const one of [...module.declared, ...module.passed.keys()]) use({ path, name: one });
    } else if (module.declared.has(name)) return;
    const passed = module.passed.get(name);
    if (passed !== undefined) use(passed);
    else for (const from of module.starred) use({ path: from, name });
  };
  for (const path of entries) use({ path, name: EVERY });
  for (const { imported } of modules.values()) for (const one of imported) use(one);
  return [...modules].flatMap(([path, { declared, passed }]) => {
    if (!checked(path)) return [];
    return [...declared, ...passed.keys()].map((name) => `${path}#${name}`).filter((name) => !used.has(name));
  });
}

function moduleOf(path: string, source: string): Module {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const declared = new Set<string>();
  const passed = new Map<string, Export>();
  const starred: string[] = [];
  const imported: Export[] = [];
  const from = (specifier: string): string => new URL(specifier, `file:///${path}`).pathname.slice(1);
  const declaration =
    /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type) (\w+)/gm;
  for (const [, name = ""] of code.matchAll(declaration)) declared.add(name);
  for (const [, names = "", , specifier] of code.matchAll(/^export (?:type )?\{([^}]*)\}( from "([^"]+)")?/gm)) {
    for (const [inner, outer] of namesIn(names)) {
      if (specifier === undefined) declared.add(outer);
      else passed.set(outer, { path: from(specifier), name: inner });
    }
  }
  for (const [, name, specifier = ""] of code.matchAll(/^export \*(?: as (\w+))? from "([^"]+)"/gm)) {
    if (name === undefined) starred.push(from(specifier));
    else passed.set(name, { path: from(specifier), name: EVERY });
  }
  for (const [, names = "", specifier = ""] of code.matchAll(
    /^import (?:type )?(?:\w+, )?\{([^}]*)\} from "(\.[^"]+)"/gm,
  )) {
    for (const [inner] of namesIn(names)) imported.push({ path: from(specifier), name: inner });
  }
  for (const [, space = "", specifier = ""] of code.matchAll(/^import (?:type )?\* as (\w+) from "(\.[^"]+)"/gm)) {
    const members = new Set([...code.matchAll(new RegExp(`\\b${space}\\.(\\w+)`, "g"))].map(([, name = ""]) => name));
    for (const name of members) imported.push({ path: from(specifier), name });
  }
  // whoever imports while running may take anything
  for (const [, specifier = ""] of code.matchAll(/\bimport\(\s*"(\.[^"]+)"\s*\)/g)) {
    imported.push({ path: from(specifier), name: EVERY });
  }
  return { declared, passed, starred, imported };
}

/** `a, type b as c` → `[["a", "a"], ["b", "c"]]`. */
function namesIn(list: string): [inner: string, outer: string][] {
  return list.split(",").flatMap((part) => {
    const [, inner, outer] = /^\s*(?:type )?(\w+)(?: as (\w+))?\s*$/.exec(part) ?? [];
    return inner === undefined ? [] : [[inner, outer ?? inner] as [string, string]];
  });
}
