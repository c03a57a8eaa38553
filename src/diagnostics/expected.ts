// What was expected, in words: concrete before abstract, each once, at most 8.
import type { Expectation } from "../grammar/expectation.ts";
import type { ExpectationSummary } from "./model.ts";

const MOST = 8;
const ORDER: readonly Expectation["kind"][] = ["token", "keyword", "class", "rule", "custom", "eof", "not"];

/** Sorts expectations from concrete to abstract and drops what stands twice. */
export function merged(expectations: readonly Expectation[]): Expectation[] {
  const byName = new Map<string, Expectation>();
  for (const e of expectations) byName.set(e.kind === "eof" ? e.kind : `${e.kind}:${e.text}`, e);
  return [...byName.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

export function summaryOf(alternatives: readonly Expectation[]): ExpectationSummary {
  const names = alternatives.slice(0, MOST).map(nameOf);
  const left = alternatives.length - names.length;
  return {
    messageKey: "expected",
    localeArgs: names,
    humanized: left > 0 ? `${names.join(", ")} … and ${left} more` : listed(names),
    alternatives,
  };
}

/** How one expectation is called in a message. */
export function nameOf(expectation: Expectation): string {
  switch (expectation.kind) {
    case "eof":
      return "end of input";
    case "token":
    case "keyword":
      return quoted(expectation.text);
    case "class":
      return expectation.text === "any character" ? expectation.text : `one of [${expectation.text}]`;
    case "not":
      return `something other than ${expectation.text}`;
    default:
      return expectation.text;
  }
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? "";
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
