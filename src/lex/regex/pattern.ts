// The syntax of a regular expression: parsed, and refused if an automaton, which has no memory of what it read, can't
// implement it.
import type { AST, RegExpParser } from "@eslint-community/regexpp";
import { regexLibraries } from "#regex-libraries";

/** A pattern that was parsed and not refused. */
export interface Pattern {
  readonly pattern: AST.Pattern;
  readonly flags: AST.Flags;
}

/**
 * Parses a pattern, as if it had the flag `u` if it has neither that nor `v`.
 *
 * @throws TypeError that names a refused construct, its place, and what to write instead; SyntaxError if the pattern is
 * only valid without the flag `u`.
 */
export function readPattern({ source, flags }: RegExp): Pattern {
  const { RegExpParser, visitRegExpAST } = regexLibraries().regexpp;
  const unicodeSets = flags.includes("v");
  const parser = new RegExpParser();
  const pattern = parsed(parser, source, flags, unicodeSets);
  const refuse = (at: number, what: string, instead: string): never => {
    throw new TypeError(`${shown(source, flags)}: at index ${at}: ${what} is refused; ${instead}`);
  };
  visitRegExpAST(pattern, {
    onQuantifierEnter({ greedy, raw, element, end }) {
      if (greedy) return;
      const lazy = raw.slice(element.raw.length);
      refuse(
        end - lazy.length,
        `the lazy quantifier ${lazy}`,
        `a match is always the longest one: write ${lazy.slice(0, -1)} and say where it ends, as in "[^"]*"`,
      );
    },
    onAssertionEnter(assertion) {
      refuse(assertion.start, ...refusalOf(assertion));
    },
    onBackreferenceEnter({ start, raw }) {
      refuse(start, `the back-reference ${raw}`, "andThen makes the parser of what follows out of what was read");
    },
    onGroupEnter({ modifiers }) {
      if (modifiers === null) return;
      refuse(modifiers.start, `a group with flags of its own (?${modifiers.raw}:…)`, "give flags to the whole pattern");
    },
  });
  const kept = ["i", "s"].filter((flag) => flags.includes(flag)).join("");
  return { pattern, flags: parser.parseFlags(`${kept}${unicodeSets ? "v" : "u"}`) };
}

/** The name of a pattern in an error. */
export function shown(source: string, flags: string): string {
  return `regex(/${source}/${flags})`;
}

function parsed(parser: RegExpParser, source: string, flags: string, unicodeSets: boolean): AST.Pattern {
  try {
    return parser.parsePattern(source, 0, source.length, { unicode: !unicodeSets, unicodeSets });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { index } = error as SyntaxError & { readonly index?: number };
    const problem = error.message.replace(/^Invalid regular expression: .*: (?=[^:]*$)/su, "");
    throw new SyntaxError(
      `${shown(source, flags)}: at index ${index ?? 0}: ${problem}; a pattern is read as with the flag u`,
    );
  }
}

/** The name of an assertion, and what to write instead. */
function refusalOf(assertion: AST.Assertion): readonly [what: string, instead: string] {
  switch (assertion.kind) {
    case "start":
      return ["the start ^", "a match always starts where the parser stands: leave it out"];
    case "end":
      return ["the end $", "say in the grammar what follows, with eof or lineEnding"];
    case "word":
      return [
        `the word boundary ${assertion.raw}`,
        "say in the grammar what must not follow, with notFollowedBy(…), or use keyword(…)",
      ];
    case "lookahead":
      return assertion.negate
        ? ["the negative look-ahead (?!…)", "say in the grammar what must not follow, with notFollowedBy(…)"]
        : ["the look-ahead (?=…)", "say in the grammar what must follow, with lookahead(…)"];
    case "lookbehind":
      return [
        `the ${assertion.negate ? "negative " : ""}look-behind (?<${assertion.negate ? "!" : "="}…)`,
        "no parser looks back: make it part of what is read before",
      ];
  }
}
