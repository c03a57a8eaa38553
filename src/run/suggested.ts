// What was probably meant where a parse failed: a word of which only the beginning is there, or no separator.
import type { Diagnostic, FixIt } from "../diagnostics/data/model.ts";
import { either, quoted, say } from "../diagnostics/messages/templates.ts";
import type { Expectation } from "../grammar/expectation.ts";
import { danglingSeparator, type Machine, mayGoOn, type Near, nearest } from "../machine/index.ts";
import { spanOf } from "./span-of.ts";

/** Words that one note names. */
const MOST_NAMED = 3;

/** Notes and fix-its, to stand behind those that a diagnostic has anyway. */
type Suggestion = Pick<Diagnostic, "notes" | "fixits">;

/** @param expected all that was expected, merged. */
export function suggested(machine: Machine, expected: readonly Expectation[]): Suggestion {
  return tooMuch(machine) ?? nearMiss(machine, expected);
}

/** A separator behind the last element. */
function tooMuch(machine: Machine): Suggestion | undefined {
  const separator = danglingSeparator(machine);
  if (separator === undefined) return undefined;
  const span = spanOf(machine, separator.start, separator.end);
  return { notes: [{ span, message: say(machine.options.locale, "dangling") }], fixits: [{ span, insert: "" }] };
}

/** Words of which the beginning stands there; the rest of one that is cut short is to be inserted. */
function nearMiss(machine: Machine, expected: readonly Expectation[]): Suggestion {
  const { locale } = machine.options;
  const words = nearest(machine);
  const [first, ...others] = words;
  if (first === undefined) return { notes: [], fixits: [] };
  const names = words.slice(0, MOST_NAMED).map(({ text }) => quoted(text, locale));
  // what is the one thing expected has been said
  const said =
    expected.length === 1 && others.length === 0 && expected[0]?.kind !== "eof" && expected[0]?.text === first.text;
  const notes = said ? [] : [{ message: say(locale, "near", either(locale, names)) }];
  return { notes, fixits: others.length > 0 || !first.cutShort ? [] : [rest(machine, first)] };
}

function rest(machine: Machine, near: Near): FixIt {
  const at = machine.position(machine.farthest + near.agreed);
  const fix = { span: spanOf(machine, at, at), insert: near.text.slice(near.agreed) };
  return mayGoOn(machine, near) ? fix : { ...fix, likely: false };
}
