// Leaves of a user's own, with and without progress to keep.
import { failed, matched, more, type Parser, primitive, run, seq } from "sluice";

// text up to an unindented END line; what was seen is kept in the state, so nothing is scanned twice
export const body: Parser<string> = primitive({
  name: "body",
  start: { text: "" },
  scan(input, state) {
    const seen = (state?.text ?? "") + input.text.slice(input.from);
    const at = seen.indexOf("\nEND", Math.max(0, (state?.text.length ?? 0) - 4));
    if (at >= 0) return matched(seen.slice(0, at), input.text.length - (seen.length - at));
    return input.ended ? failed() : more({ text: seen }, input.text.length, 1);
  },
});

const digit = primitive({
  name: "digit",
  scan: (input) => {
    if (input.from < input.text.length) return matched(Number(input.text[input.from]), input.from + 1);
    return input.ended ? failed() : more(undefined, input.from);
  },
});

const r = run(seq(body, digit), "");
if (r.ok) {
  const [text, d] = r.value;
  console.log(text.length, d.toFixed());
}
