export { type CharClass, CharSet, charSet, toCharSet } from "./charset.ts";
export { firstCluster } from "./clusters.ts";
export { type ColumnRange, Dfa, type DfaParts, LATIN } from "./dfa.ts";
export { LineIndex, type UnitSource, unitsOf } from "./lines.ts";
export type { Position, Span } from "./position.ts";
export { type Decoded, decodeUtf8, Utf8Decoder } from "./utf8.ts";
export { utf8Length } from "./utf8-length.ts";
