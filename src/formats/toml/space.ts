// Space, comments and line ends (TOML 1.1, Spec and Comment), and characters that can't stand where they are.
import { choice, hidden, label, opt, type Parser, seq, skipMany, verify } from "../../index.ts";
import { charSet, oneOf, string, takeWhile, takeWhile1 } from "../../lex/index.ts";

/** Space within a line. */
export const blank: Parser<string> = takeWhile(" \t");

// a lone carriage return is no line end
const afterReturn = seq(string("\r"), label("line feed behind the carriage return", string("\n")));

export const newline: Parser<unknown> = choice([label("end of line", string("\n")), hidden(afterReturn)]);

/** Reads a character that can't stand there, and refuses it. */
export const refused = (members: string, message: (character: string) => string): Parser<string> =>
  hidden(verify(oneOf(charSet(members)), () => false, message));

/** Refuses what TOML calls a control character, but for line ends. @param place where it is, as words. */
export const controlIn = (place: string): Parser<string> =>
  refused("\\u{0}-\\u{8}\\u{B}\\u{C}\\u{E}-\\u{1F}\\u{7F}", (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `the control character U+${code} can't stand in ${place}`;
  });

const comment = seq(
  hidden(string("#")),
  takeWhile(charSet("\\t\\u{20}-\\u{7E}\\u{80}-\\u{D7FF}\\u{E000}-\\u{10FFFF}")),
  opt(controlIn("a comment")),
);

/** What may stand behind a statement on its line. */
export const tail: Parser<unknown> = seq(blank, opt(comment));

const unixGap = seq(takeWhile(" \t\n"), skipMany(seq(comment, takeWhile(" \t\n"))));

/** Space over lines, with comments. */
export const gap: Parser<unknown> = seq(unixGap, skipMany(seq(hidden(afterReturn), unixGap)));

/** The end of a line, and all up to the next statement. */
export const lineEnd: Parser<unknown> = seq(newline, gap);

/** Space that a line-ending backslash takes away. */
export const blankLines: Parser<unknown> = skipMany(choice([takeWhile1(" \t\n"), afterReturn]));
