// Leaves of a user's own for random grammars, one with and one without progress to keep.
import { failed, matched, more, type Parser, primitive } from "../../src/index.ts";

/** Any two equal ASCII characters in a row; it keeps nothing and looks again when there is more. */
export const doubles: Parser<string> = primitive({
  name: "doubles",
  scan({ text, from, ended }) {
    const there = text.slice(from, from + 2);
    if (there.length < 2) return ended ? failed() : more(undefined, from, 2 - there.length);
    return there[0] === there[1] && there < "\x7f" ? matched(there, from + 2) : failed();
  },
});

/** One `a` or more: how many. What was seen is counted and not shown again. */
export const runOfAs: Parser<number> = primitive<number, number>({
  name: "run of a",
  start: 0,
  scan({ text, from, ended }, seen = 0) {
    let to = from;
    while (text[to] === "a") to += 1;
    const count = seen + (to - from);
    if (to === text.length && !ended) return more(count, to, 1);
    return count > 0 ? matched(count, to) : failed();
  },
});
