// The libraries behind `regex`, imported statically: for bundlers, which leave out unused code, and for browsers.
import * as regexpp from "@eslint-community/regexpp";
import * as refa from "refa";

export interface Libraries {
  /** Parses the syntax of regular expressions. */
  readonly regexpp: typeof regexpp;
  /** Makes automata from them. */
  readonly refa: typeof refa;
}

const libraries: Libraries = { regexpp, refa };

/** The libraries. `package.json` says under which condition this file or the one beside it is used. */
export function regexLibraries(): Libraries {
  return libraries;
}
