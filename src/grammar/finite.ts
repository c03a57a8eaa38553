// The number that a text means. The compiler knows this function: for decimal digits it is one instruction.
import { Refusal } from "./problem.ts";

/** The double nearest to a decimal number in a text; refuses it if no double is near. */
export function finite(text: unknown): number | Refusal {
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  return new Refusal({
    code: "E7102",
    message: `${shortened(String(text))} is out of the range of a float: its digits, in radix 10, must make a number from ${LOWEST} to ${HIGHEST}`,
    messageKey: "E7102.range",
    args: [shortened(String(text)), LOWEST, HIGHEST, "10"],
  });
}

const LOWEST = "-1.7976931348623157e308";
const HIGHEST = "1.7976931348623157e308";
const MOST_SHOWN = 40;

/** A text as it is shown in a message: of a long one, its beginning. */
export function shortened(text: string): string {
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}
