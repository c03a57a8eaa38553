export { type CharClass, CharSet, charSet } from "./charset.ts";
export type { Position, Span } from "./position.ts";

// For other rooms of this package; not in its types.

/** @internal */
export { toCharSet } from "./charset.ts";
/** @internal */
export { firstCluster } from "./clusters.ts";
/** @internal */
export { type ColumnRange, Dfa, type DfaParts, LATIN } from "./dfa.ts";
/** @internal */
export { LineIndex, type UnitSource, unitsOf } from "./lines.ts";
/** @internal */
export { type Decoded, decodeUtf8, Utf8Decoder } from "./utf8.ts";
/** @internal */
export { utf8Length } from "./utf8-length.ts";
