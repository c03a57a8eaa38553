// Too few units: how many were wanted, and how many there were.
import type { Problem } from "../../grammar/problem.ts";
import type { Span } from "../../text/index.ts";
import type { Machine } from "../control/machine.ts";

/** What is wrong where `wanted` units had to come and there were only so many; `at`: where they are, if that is known. */
export function shortage(m: Machine, wanted: number, there: number, at?: Span): Problem {
  const { window } = m;
  const units = window.binary ? "bytes" : "units";
  // where a frame around it ends just there, nobody has looked whether more comes
  const ended = window.base + window.filled < window.withinEnd;
  const what = ended ? "unexpected end of input" : "the frame ends here";
  return {
    code: "E1001",
    message: `${what}; ${units} needed: ${wanted}, available: ${there}`,
    messageKey: `short.${units}${ended ? "" : ".frame"}`,
    args: [String(wanted), String(there)],
    ...(at === undefined ? {} : { at }),
  };
}

/** The same for units that begin at an offset and that a length counts. */
export function tooFew(m: Machine, start: number, wanted: number): Problem {
  const end = m.window.base + m.window.end;
  const span = { start: m.position(start), end: m.position(end) };
  const { source } = m.options;
  return shortage(m, wanted, end - start, source === undefined ? span : { source, ...span });
}
