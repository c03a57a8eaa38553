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
} from "./characters/characters.ts";
export { grapheme } from "./characters/grapheme.ts";
export { stringNoCase } from "./characters/no-case.ts";
export { till } from "./characters/till.ts";
export { unicodeCategory, unicodeProperty, unicodeScript } from "./characters/unicode.ts";
export { type LayoutProfile, type LayoutToken, layout, layoutToken } from "./layout/layout.ts";
export { bol, column, eol, indentEq, indentGt } from "./layout/lines.ts";
export { stringRaw, stringRawHash } from "./literals/raw-strings.ts";
export { charLit, stringLit } from "./literals/strings.ts";
export { stringMultiline } from "./literals/text-blocks.ts";
export { integer, number, toF64, toI64, toU64 } from "./numbers/number-values.ts";
export { float, int, int10, intAuto, type Radix } from "./numbers/numbers.ts";
export { regex } from "./regex/regex.ts";
export { commentBlock, commentLine } from "./tokens/comments.ts";
export { asciiIdentifier, type IdentifierProfile, identifier, identifierOf, reserved } from "./tokens/identifiers.ts";
export { forbidBidiControls, requireNfc, warnConfusable } from "./tokens/safety.ts";
export { autoWhitespace, hspace0, lineEnding, spaces0, vspace0, whitespace } from "./tokens/space.ts";
export { keyword, leading, lexeme, symbol, token, trim } from "./tokens/tokens.ts";
export { jsonRelaxed, strictJson, type TriviaProfile, tomlRelaxed, trivia } from "./tokens/trivia.ts";
