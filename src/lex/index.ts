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
export { type LayoutProfile, layout, layoutToken } from "./layout.ts";
export { bol, column, eol, indentEq, indentGt } from "./lines.ts";
export { stringNoCase } from "./no-case.ts";
export { integer, number, toF64, toI64, toU64 } from "./number-values.ts";
export { float, int, int10, intAuto } from "./numbers.ts";
export { stringRaw, stringRawHash } from "./raw-strings.ts";
export { regex } from "./regex.ts";
export { forbidBidiControls, requireNfc, warnConfusable } from "./safety.ts";
export { autoWhitespace, hspace0, lineEnding, spaces0, vspace0, whitespace } from "./space.ts";
export { charLit, stringLit } from "./strings.ts";
export { stringMultiline } from "./text-blocks.ts";
export { till } from "./till.ts";
export { keyword, leading, lexeme, symbol, token, trim } from "./tokens.ts";
export { jsonRelaxed, strictJson, type TriviaProfile, tomlRelaxed, trivia } from "./trivia.ts";
export { unicodeCategory, unicodeProperty, unicodeScript } from "./unicode.ts";
