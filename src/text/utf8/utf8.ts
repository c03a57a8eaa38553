// UTF-8 bytes to text, chunk by chunk. What comes out doesn't depend on where the chunks were cut.
//
//   chunks   │ 61 e2 82 │ ac 62 │        the tail of a chunk that could still become a character is kept (copied, at
//   kept          e2 82 ┘              most 3 bytes) and put before the next chunk
//   text     │ a        │ €b    │

import { type Sequence, sequenceAt } from "./utf8-sequence.ts";

/** The result of one call of the decoder. */
interface Decoded {
  readonly text: string;
  /**
   * Byte offset (from the stream's start) of the first malformed sequence. Decoding stopped there; `text` is what came
   * before it. Only in mode "fatal".
   */
  readonly errorAt?: number;
  /**
   * Only in mode "replace": for every U+FFFD that replaces malformed bytes, its index in `text` (in units) and the
   * number of source bytes that it replaces, if that isn't 3 (the size of a U+FFFD in UTF-8).
   */
  readonly repairs: readonly { readonly index: number; readonly bytes: number }[];
}

const NO_REPAIRS: readonly never[] = [];
const NO_BYTES: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

// Both are only used without `stream: true`, so they hold no state and one of each serves all decoders and their forks.
const strict: TextDecoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient: TextDecoder = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * An incremental UTF-8 decoder. A byte order mark stays in the text as U+FEFF.
 *
 * In mode "fatal" the first malformed sequence ends the decoding: its offset is reported by that call and by each one
 * after it. In mode "replace" each maximal subpart of an ill-formed sequence becomes one U+FFFD (Unicode §3.9, the
 * WHATWG Encoding Standard). The caller may reuse a chunk's buffer as soon as `write` has returned.
 */
export class Utf8Decoder {
  readonly #mode: "fatal" | "replace";
  /** Bytes received before `#kept`. */
  #offset = 0;
  /** The beginning of a well-formed sequence whose rest has not arrived yet. Never written to: forks share it. */
  #kept: Uint8Array = NO_BYTES;
  #errorAt: number | undefined;

  /** @param mode what a malformed sequence does: end the decoding, or become U+FFFD. */
  constructor(mode: "fatal" | "replace") {
    this.#mode = mode;
  }

  /**
   * Decodes the next bytes.
   * @param bytes the stream's next chunk; may be empty.
   */
  write(bytes: Uint8Array): Decoded {
    if (this.#errorAt !== undefined) return { text: "", errorAt: this.#errorAt, repairs: NO_REPAIRS };
    if (bytes.length === 0) return { text: "", repairs: NO_REPAIRS };
    const all = this.#kept.length === 0 ? bytes : joined(this.#kept, bytes);
    const whole = all.length - unfinishedTail(all);
    // Not `all.slice(whole)`: on a Node Buffer that shares the memory instead of copying it.
    this.#kept = whole === all.length ? NO_BYTES : new Uint8Array(all.subarray(whole));
    return this.#decode(whole === all.length ? all : all.subarray(0, whole));
  }

  /** The number of bytes that were decoded; in mode "fatal", those before the stream's first malformed sequence. */
  get decoded(): number {
    return this.#errorAt ?? this.#offset;
  }

  /** For a character that has arrived in part: how many bytes have arrived, and how many are missing. */
  get unfinished(): { readonly come: number; readonly missing: number } {
    const [lead = 0] = this.#kept;
    const come = this.#kept.length;
    return { come, missing: come === 0 ? 0 : (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2) - come };
  }

  /** Ends the input: a sequence that is still unfinished is malformed at its first byte. */
  end(): Decoded {
    const cut = this.#kept;
    this.#kept = NO_BYTES;
    return this.#errorAt === undefined ? this.#decode(cut) : { text: "", errorAt: this.#errorAt, repairs: NO_REPAIRS };
  }

  /** A copy that continues independently, at a constant cost. */
  fork(): Utf8Decoder {
    const copy = new Utf8Decoder(this.#mode);
    copy.#offset = this.#offset;
    copy.#kept = this.#kept;
    copy.#errorAt = this.#errorAt;
    return copy;
  }

  #decode(bytes: Uint8Array): Decoded {
    const start = this.#offset;
    this.#offset += bytes.length;
    try {
      return { text: shortAscii(bytes) ?? strict.decode(bytes), repairs: NO_REPAIRS };
    } catch (thrown) {
      const malformed = firstMalformed(bytes);
      // Well-formed after all: the platform refused for another reason, such as a string longer than it can hold.
      if (malformed < 0) throw thrown;
      if (this.#mode === "replace") return { text: lenient.decode(bytes), repairs: repairsOf(bytes) };
      this.#errorAt = start + malformed;
      this.#kept = NO_BYTES;
      return { text: strict.decode(bytes.subarray(0, malformed)), errorAt: this.#errorAt, repairs: NO_REPAIRS };
    }
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/**
 * The result for bytes that are complete: their text, or where the first malformed sequence begins and the text before
 * it.
 */
export function decodeUtf8(bytes: Uint8Array): { readonly text: string; readonly errorAt?: number } {
  try {
    return { text: shortAscii(bytes) ?? strict.decode(bytes) };
  } catch (thrown) {
    const malformed = firstMalformed(bytes);
    if (malformed < 0) throw thrown;
    return { text: strict.decode(bytes.subarray(0, malformed)), errorAt: malformed };
  }
}

/** One ASCII byte as text: a call of TextDecoder costs a hundred times that, and sources of single bytes exist. */
function shortAscii(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return "";
  const byte = bytes[0] as number;
  return bytes.length === 1 && byte < 0x80 ? String.fromCharCode(byte) : undefined;
}

/** How many bytes at the end begin a well-formed sequence without finishing it: 0 to 3. */
function unfinishedTail(bytes: Uint8Array): number {
  const end = bytes.length;
  for (let back = 1; back <= 3 && back <= end; back++) {
    const byte = bytes[end - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceAt(bytes, end - back).kind === "unfinished" ? back : 0;
  }
  return 0;
}

/** Index of the first malformed sequence, or -1. */
function firstMalformed(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    if ((bytes[at] as number) < 0x80) {
      at++;
      continue;
    }
    const found: Sequence = sequenceAt(bytes, at);
    if (found.kind !== "character") return at;
    at += found.bytes;
  }
  return -1;
}

/**
 * Walks through the bytes as the platform's decoder did, counting units, to find which U+FFFD replace how many bytes.
 */
function repairsOf(bytes: Uint8Array): { index: number; bytes: number }[] {
  const repairs: { index: number; bytes: number }[] = [];
  let index = 0;
  let at = 0;
  while (at < bytes.length) {
    if ((bytes[at] as number) < 0x80) {
      at++;
      index++;
      continue;
    }
    const found: Sequence = sequenceAt(bytes, at);
    if (found.kind !== "character" && found.bytes !== 3) repairs.push({ index, bytes: found.bytes });
    index += found.kind === "character" && found.bytes === 4 ? 2 : 1;
    at += found.bytes;
  }
  return repairs;
}
