// The libraries behind `regex`, imported as usual: for bundlers, which leave out what nobody uses, and for browsers.
import * as regexpp from "@eslint-community/regexpp";
import * as refa from "refa";

export interface Libraries {
  /** Reads the syntax of regular expressions. */
  readonly regexpp: typeof regexpp;
  /** Makes automata of them. */
  readonly refa: typeof refa;
}

const libraries: Libraries = { regexpp, refa };

/** The libraries. `package.json` says under which condition this file or the one beside it is meant. */
export function regexLibraries(): Libraries {
  return libraries;
}
