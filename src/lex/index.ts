export { type CharClass, CharSet, charSet } from "../text/index.ts";
export { anyChar, noneOf, oneOf, satisfy, string, takeUntil, takeWhile, takeWhile1 } from "./characters.ts";
export { int10, intAuto } from "./numbers.ts";
export { regex } from "./regex.ts";
export { lexeme, lineEnding, spaces0, symbol } from "./space.ts";
export { identifier } from "./words.ts";
