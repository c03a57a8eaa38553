// What was expected, in words: concrete before abstract, each once, at most 8.
import type { Expectation } from "../grammar/expectation.ts";
import type { ExpectationSummary } from "./model.ts";
import { commas, either, quoted, say } from "./templates.ts";

const MOST = 8;
const ORDER: readonly Expectation["kind"][] = ["token", "keyword", "class", "rule", "custom", "eof", "not"];

/** Sorts expectations from concrete to abstract; drops what stands twice, and what is hidden: it has an empty name. */
export function merged(expectations: readonly Expectation[]): Expectation[] {
  const byName = new Map<string, Expectation>();
  for (const e of expectations)
    if (e.kind !== "rule" || e.text !== "") byName.set(e.kind === "eof" ? e.kind : `${e.kind}:${e.text}`, e);
  return [...byName.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
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
  return context === undefined ? summary : { ...summary, contextNote: say(locale, "parsing", context) };
}

/**
 * "a, b or c", or the first 8 and how many more there are.
 *
 * @param alternatives as `merged` gives them.
 */
export function expectedInWords(alternatives: readonly Expectation[], locale?: string): string {
  const names = new Set<string>();
  for (const e of alternatives) if (!followsFromOther(e, alternatives)) names.add(nameOf(e, locale));
  if (names.size <= MOST) return either(locale, [...names]);
  return say(locale, "list.more", commas(locale, [...names].slice(0, MOST)), String(names.size - MOST));
}

/** Whether a fixed text begins with another that is expected as well: "<" says enough of "<=". */
function followsFromOther(expectation: Expectation, all: readonly Expectation[]): boolean {
  if (expectation.kind !== "token") return false;
  const { text } = expectation;
  return all.some((e) => e.kind === "token" && e.text !== "" && e.text !== text && text.startsWith(e.text));
}

/** How one expectation is called in a message. */
export function nameOf(expectation: Expectation, locale?: string): string {
  switch (expectation.kind) {
    case "eof":
      return say(locale, "name.end");
    case "token":
    case "keyword":
      return quoted(expectation.text, locale);
    case "class":
      return classNamed(expectation.text, locale);
    case "not":
      return say(locale, "name.not", expectation.text);
    default:
      return expectation.text;
  }
}

/** A class of characters: as one would write it, or by the function that decides. */
function classNamed(text: string, locale: string | undefined): string {
  if (text === "any character") return say(locale, "name.any");
  const [, not, predicate] = SATISFIES.exec(text) ?? [];
  if (predicate === undefined) return say(locale, "name.class", text);
  return say(locale, not === "" ? "name.satisfies" : "name.fails", predicate);
}

/** A set that a function decides, by itself or turned over (`CharSet.description`). */
const SATISFIES = /^(\^?)satisfies (.+)$/s;
