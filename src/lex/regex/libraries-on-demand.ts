// The libraries behind `regex`, loaded when the first of them is needed: for Node, Deno and Bun, where unused code is
// not left out. They have a size of one megabyte and take 50 ms to load; a program without a `regex` should not pay for
// that.
import type { Libraries } from "./libraries-at-once.ts";

interface Require {
  (name: "@eslint-community/regexpp"): Libraries["regexpp"];
  (name: "refa"): Libraries["refa"];
}
interface Platform {
  getBuiltinModule(name: "node:module"): { createRequire(from: string): Require };
}

let libraries: Libraries | undefined;

/** The libraries, each loaded when it is first used. */
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
