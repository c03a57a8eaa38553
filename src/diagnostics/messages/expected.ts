// What was expected, in words: concrete before abstract, each once, at most 8.
import type { Expectation } from "../../grammar/expectation.ts";
import type { ExpectationSummary } from "../data/model.ts";
import { commas, either, formatMessage, quoted } from "./templates.ts";

const MOST = 8;
const ORDER: readonly Expectation["kind"][] = ["token", "keyword", "class", "rule", "custom", "eof", "not"];

const known = new WeakMap<readonly Expectation[], readonly Expectation[]>();

/** Sorts expectations from concrete to abstract; drops duplicates, and hidden ones, which have an empty name. */
export function merged(expectations: readonly Expectation[]): readonly Expectation[] {
  let all = known.get(expectations);
  if (all === undefined) {
    const kinds = new Map(ORDER.map((kind) => [kind, new Map<string, Expectation>()]));
    for (const e of expectations) {
      const text = e.kind === "eof" ? "" : e.text;
      if (e.kind !== "rule" || text !== "") kinds.get(e.kind)?.set(text, e);
    }
    all = [...kinds.values()].flatMap((byText) => [...byText.values()]);
    known.set(expectations, all);
  }
  return all;
}

/**
 * What was expected, for a diagnostic.
 *
 * @param alternatives as `merged` gives them, at least one.
 * @param messageKey of the template that the message is made with; its argument is what was expected.
 * @param context the innermost rule that was open.
 */
export function summaryOf(
  alternatives: readonly Expectation[],
  messageKey: "expected" | "expected.end" = "expected",
  locale?: string,
  context?: string,
): ExpectationSummary {
  const humanized = expectedInWords(alternatives, locale);
  const summary = { messageKey, localeArgs: [humanized], humanized, alternatives };
  return context === undefined ? summary : { ...summary, contextNote: formatMessage(locale, "parsing", context) };
}

/**
 * "a, b or c", or the first 8 and how many more there are.
 *
 * @param alternatives as `merged` gives them.
 */
export function expectedInWords(alternatives: readonly Expectation[], locale?: string): string {
  if (alternatives.length <= FEW) return inWords(alternatives, locale);
  const { locale: before, words } = worded.get(alternatives) ?? {};
  if (words !== undefined && before === locale) return words;
  const now = inWords(alternatives, locale);
  worded.set(alternatives, { locale, words: now });
  return now;
}

/** The words for so many are kept with them. */
const FEW = 100;
const worded = new WeakMap<readonly Expectation[], { readonly locale: string | undefined; readonly words: string }>();

function inWords(alternatives: readonly Expectation[], locale: string | undefined): string {
  const begun = begunByOthers(alternatives);
  const shown = alternatives.filter((e) => e.kind !== "token" || !begun.has(e.text));
  const names = new Set<string>();
  // there may be very many: no more are put in words than are shown
  for (const e of shown) {
    if (names.size === MOST) break;
    names.add(nameOf(e, locale));
  }
  const others = shown.length - calledAlike(shown);
  if (others <= MOST) return either(locale, [...names]);
  return formatMessage(locale, "list.more", commas(locale, [...names]), String(others - MOST));
}

/** Kinds whose entries have the same name if they have the same text; within a kind there are no duplicates. */
const CALLED_ALIKE = [
  ["token", "keyword"],
  ["rule", "custom"],
] as const;

/** How many of these have the same name as another one. */
function calledAlike(alternatives: readonly Expectation[]): number {
  let count = 0;
  for (const [kind, other] of CALLED_ALIKE) {
    const texts = new Set<string>();
    for (const e of alternatives) if (e.kind === other) texts.add(e.text);
    if (texts.size > 0) count += alternatives.filter((e) => e.kind === kind && texts.has(e.text)).length;
  }
  return count;
}

/** The fixed texts that begin with another one: "<=" is left out if there is "<". */
function begunByOthers(alternatives: readonly Expectation[]): ReadonlySet<string> {
  const texts: string[] = [];
  for (const e of alternatives) if (e.kind === "token" && e.text !== "") texts.push(e.text);
  const begun = new Set<string>();
  let first: string | undefined;
  // sorted, those that begin with a text come right behind it
  for (const text of texts.sort()) {
    if (first !== undefined && text.startsWith(first)) begun.add(text);
    else first = text;
  }
  return begun;
}

/** The name of one expectation in a message. */
export function nameOf(expectation: Expectation, locale?: string): string {
  switch (expectation.kind) {
    case "eof":
      return formatMessage(locale, "name.end");
    case "token":
    case "keyword":
      return quoted(expectation.text, locale);
    case "class":
      return classNamed(expectation.text, locale);
    case "not":
      return formatMessage(locale, "name.not", expectation.text);
    default:
      return expectation.text;
  }
}

/** A class of characters: as one would write it, or by the function that decides. */
function classNamed(text: string, locale: string | undefined): string {
  if (text === "any character") return formatMessage(locale, "name.any");
  if (BLANKS.test(text)) return formatMessage(locale, "name.blank", commas(locale, blanksIn(text, locale)));
  const [, escaped, alone = escaped] = ALONE.exec(text) ?? [];
  if (alone !== undefined) return quoted(alone, locale);
  const [, not, predicate] = SATISFIES.exec(text) ?? [];
  if (predicate === undefined) return formatMessage(locale, "name.class", text);
  return formatMessage(locale, not === "" ? "name.satisfies" : "name.fails", predicate);
}

/** A class of one character, which may be escaped: named as the fixed text is. */
const ALONE = /^(?:\\([!-/:-@[-`{-~])|(.))$/su;

/** A class of white space alone, which would not be seen between brackets. */
const BLANKS = /^(?: |\\[tnr])+$/;

function blanksIn(text: string, locale: string | undefined): string[] {
  return (text.match(/ |\\./g) ?? []).map((blank) => {
    if (blank === " ") return formatMessage(locale, "name.space");
    return blank === "\\t" ? formatMessage(locale, "name.tab") : blank;
  });
}

/** A set that a function decides, itself or complemented (`CharSet.description`). */
const SATISFIES = /^(\^?)satisfies (.+)$/s;
