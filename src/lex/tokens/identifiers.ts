// Identifiers.
import * as make from "../../grammar/make.ts";
import type { Node, Refiner } from "../../grammar/node.ts";
import { nodeOf, Parser } from "../../grammar/parser.ts";
import { Refusal } from "../../grammar/problem.ts";
import { described } from "../../misuse/described.ts";
import { checkOptions } from "../../misuse/options.ts";
import { type CharClass, type CharSet, charSet, toCharSet } from "../../text/index.ts";
import { bidiControls, isAscii, refuseBidi, refuseNotNfc, warnOf } from "./safety.ts";

/** The alphabet of an identifier, and its checks. */
export interface IdentifierProfile {
  /** Its first character. */
  readonly start: CharClass;
  /** All further characters. */
  readonly continue: CharClass;
  /** Whether it must be in the normalization form NFC (`E6002`). Default: false. */
  readonly nfcRequired?: boolean | undefined;
  /**
   * Whether a character that changes the direction of text, in it or directly after it, is an error (`E6001`). Default:
   * false.
   */
  readonly forbidBidi?: boolean | undefined;
  /** Whether there is a warning if it looks like another name (`W6101`). Default: false. */
  readonly warnConfusable?: boolean | undefined;
}

const start: CharSet = /* @__PURE__ */ charSet("\\p{XID_Start}_");
const continues: CharSet = /* @__PURE__ */ charSet("\\p{XID_Continue}");

function identifierNode(profile: IdentifierProfile): Node {
  const { nfcRequired = false, forbidBidi = false, warnConfusable = false } = profile;
  const with_ = (set: CharSet): CharSet => (forbidBidi ? set.union(bidiControls) : set);
  const first = make.set(with_(toCharSet(profile.start)));
  const word = make.slice(make.seq([first, make.span(with_(toCharSet(profile.continue)), 0)]));
  if (!nfcRequired && !forbidBidi && !warnConfusable) return make.leaf("identifier", "rule", word);
  const refiner: Refiner = (value, site) => {
    const text = value as string;
    if (isAscii(text)) return text;
    const refused = (forbidBidi && refuseBidi(text, site)) || (nfcRequired && refuseNotNfc(text, site));
    if (refused) return refused;
    if (warnConfusable) warnOf(text, site);
    return text;
  };
  const judged = make.refine(word, refiner, true, false, isAscii);
  return make.leaf("identifier", "rule", judged);
}

/**
 * An identifier by Unicode UAX #31: `XID_Start` or `_`, then `XID_Continue`, in the Unicode version of the platform
 * (`\p{XID_Start}` of its regular expressions). It must be in the normalization form NFC (`E6002`). A bidi control in
 * it or directly after it is an error at its own place (`E6001`). If it looks like another name by UTS #39, there is a
 * warning (`W6101`, by the data of Unicode 15.0; see `warnConfusable`). An identifier in ASCII needs none of these
 * checks. It fails empty at its start.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { identifier } from "sluice/lex";
 * unwrap(run(identifier, "größe_2")); // => "größe_2"
 * ```
 */
export const identifier: Parser<string> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ identifierNode({
    start,
    continue: continues,
    nfcRequired: true,
    forbidBidi: true,
    warnConfusable: true,
  }),
);

/**
 * An identifier with your own alphabet. The checks of `identifier` are off unless the profile turns them on.
 *
 * @throws TypeError if the profile is malformed; the message says what is allowed.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { charSet, identifierOf } from "sluice/lex";
 * const kebab = identifierOf({ start: charSet("a-z"), continue: charSet("a-z0-9\\-") });
 * unwrap(run(kebab, "font-size")); // => "font-size"
 * ```
 */
export function identifierOf(profile: IdentifierProfile): Parser<string> {
  const flags = ["nfcRequired", "forbidBidi", "warnConfusable"] as const;
  checkOptions(
    profile,
    ["start", "continue", ...flags],
    "identifierOf takes { start, continue }, two classes of characters",
  );
  for (const name of ["start", "continue"] as const) {
    if (profile[name] === undefined)
      throw new TypeError(`identifierOf takes { start, continue }, two classes of characters; "${name}" is missing`);
  }
  for (const name of flags) {
    const flag: unknown = profile[name];
    if (flag !== undefined && typeof flag !== "boolean")
      throw new TypeError(`identifierOf takes true or false for "${name}", got ${described(flag)}`);
  }
  return Parser.of(identifierNode(profile));
}

/**
 * An identifier of ASCII letters, digits and `_`, not beginning with a digit. It stops before any other character.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { asciiIdentifier } from "sluice/lex";
 * unwrap(run(asciiIdentifier, "snake_case_2")); // => "snake_case_2"
 * ```
 */
export const asciiIdentifier: Parser<string> = /* @__PURE__ */ Parser.of(
  /* @__PURE__ */ identifierNode({
    start: /* @__PURE__ */ charSet("A-Za-z_"),
    continue: /* @__PURE__ */ charSet("A-Za-z0-9_"),
  }),
);

/**
 * An identifier that is none of the words: if it is one of them, this fails empty at its start and names the word.
 *
 * @param words the reserved words; the list is read once.
 * @param name the parser of an identifier. Default: `identifier`.
 * @throws TypeError if `words` is not a list of strings, or `name` not a parser.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { reserved } from "sluice/lex";
 * run(reserved(["if", "else"]), "if").diagnostics[0]?.message; // => '"if" is a reserved word'
 * ```
 */
export function reserved(words: Iterable<string>, name: Parser<string> = identifier): Parser<string> {
  if (typeof words === "string" || typeof (words as Iterable<string> | undefined)?.[Symbol.iterator] !== "function")
    throw new TypeError(`reserved takes a list of words such as ["if", "else"]`);
  const known = new Set<unknown>(words);
  for (const word of known) {
    if (typeof word !== "string")
      throw new TypeError(`reserved takes a list of words, got ${described(word)} among them`);
  }
  const refiner: Refiner = (value) => {
    if (!known.has(value)) return value;
    const word = value as string;
    const message = `${JSON.stringify(word)} is a reserved word`;
    return new Refusal({ code: "E1001", message, messageKey: "reservedWord", args: [word] });
  };
  const judged = make.refine(nodeOf(name), refiner, true, false, (text) => !known.has(text));
  return Parser.of(make.leaf("identifier", "rule", judged));
}
