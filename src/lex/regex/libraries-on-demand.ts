// The libraries behind `regex`, loaded when the first of them is needed: for Node, Deno and Bun, where nothing leaves out
// what nobody uses. They are a megabyte and take 50 ms to load, which a program without a `regex` shall not wait for.
import type { Libraries } from "./libraries-at-once.ts";

interface Require {
  (name: "@eslint-community/regexpp"): Libraries["regexpp"];
  (name: "refa"): Libraries["refa"];
}
interface Platform {
  getBuiltinModule(name: "node:module"): { createRequire(from: string): Require };
}

let libraries: Libraries | undefined;

/** The libraries, each loaded when it is first asked for. */
export function regexLibraries(): Libraries {
  libraries ??= onDemand(
    (globalThis as unknown as { process: Platform }).process
      .getBuiltinModule("node:module")
      .createRequire(import.meta.url),
  );
  return libraries;
}

function onDemand(load: Require): Libraries {
  return {
    get regexpp() {
      return load("@eslint-community/regexpp");
    },
    get refa() {
      return load("refa");
    },
  };
}
