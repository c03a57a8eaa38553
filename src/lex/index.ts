export { type CharClass, CharSet, charSet } from "../text/index.ts";
export {
  anyChar,
  noneOf,
  oneOf,
  peekChar,
  satisfy,
  string,
  takeCodepoints,
  takeUntil,
  takeWhile,
  takeWhile1,
} from "./characters.ts";
export { commentBlock, commentLine } from "./comments.ts";
export { grapheme } from "./grapheme.ts";
export { asciiIdentifier, type IdentifierProfile, identifier, identifierOf, reserved } from "./identifiers.ts";
export { stringNoCase } from "./no-case.ts";
export { int10, intAuto } from "./numbers.ts";
export { regex } from "./regex.ts";
export { forbidBidiControls, requireNfc, warnConfusable } from "./safety.ts";
export { autoWhitespace, hspace0, lineEnding, spaces0, vspace0, whitespace } from "./space.ts";
export { till } from "./till.ts";
export { keyword, leading, lexeme, symbol, token, trim } from "./tokens.ts";
export { jsonRelaxed, strictJson, type TriviaProfile, tomlRelaxed, trivia } from "./trivia.ts";
export { unicodeCategory, unicodeProperty, unicodeScript } from "./unicode.ts";
