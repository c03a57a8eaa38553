// Parsers for `input: "binary"`, where the input is bytes and stays bytes.
export { bits } from "./bits.ts";
export { within } from "./frame.ts";
export { sleb128, uleb128 } from "./leb128.ts";
export { lengthPrefixed } from "./length.ts";
export {
  float32be,
  float32le,
  float64be,
  float64le,
  int8,
  int16be,
  int16le,
  int32be,
  int32le,
  int64be,
  int64le,
  uint8,
  uint16be,
  uint16le,
  uint32be,
  uint32le,
  uint64be,
  uint64le,
} from "./numbers.ts";
export { bytes, takeBytes } from "./take.ts";
export { utf8 } from "./utf8.ts";
