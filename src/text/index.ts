export type { Position, Span } from "./positions/position.ts";
export { type CharClass, CharSet, charSet } from "./sets/charset.ts";

// For other folders of this package; not in its types.

/** @internal */
export { firstCluster } from "./positions/clusters.ts";
/** @internal */
export { LineIndex, type UnitSource, unitsOf } from "./positions/lines.ts";
/** @internal */
export { toCharSet } from "./sets/charset.ts";
/** @internal */
export { type ColumnRange, Dfa, LATIN } from "./sets/dfa.ts";
/** @internal */
export { decodeUtf8, Utf8Decoder } from "./utf8/utf8.ts";
/** @internal */
export { utf8Length } from "./utf8/utf8-length.ts";
