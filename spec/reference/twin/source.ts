// The whole input of the twin, as an array of units (text) or bytes (binary).
import type { Position, Span } from "../../../src/text/index.ts";

const LINE_END = /\r\n|\r|\n/g;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export class WholeInput {
  /** Where it ends for who runs now. */
  #limit: number;
  readonly #units: readonly number[];
  readonly #text: string | undefined;

  constructor(input: string | Uint8Array, binary: boolean) {
    if (binary) {
      if (typeof input === "string") throw new TypeError("binary input is bytes");
      this.#units = Array.from(input);
    } else {
      const text =
        typeof input === "string" ? input : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(input);
      this.#text = text;
      this.#units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
    }
    this.#limit = this.#units.length;
  }

  /** Where it really ends. */
  get end(): number {
    return this.#units.length;
  }

  /** The innermost limit, which may lie beyond that. */
  innermost: number = Number.POSITIVE_INFINITY;

  get length(): number {
    return this.#limit;
  }

  /** Whether the input may seem to end at `at`: not between the halves of a pair. */
  mayEnd(at: number): boolean {
    return !this.#insidePair(at);
  }

  /** Runs the body as if the input ended at `limit`, if it goes on that far. */
  until<R>(limit: number, body: () => R): R {
    const outer = this.#limit;
    const { innermost } = this;
    this.#limit = Math.min(outer, limit);
    this.innermost = Math.min(innermost, limit);
    try {
      return body();
    } finally {
      this.innermost = innermost;
      this.#limit = outer;
    }
  }

  /** What is left from `from` on, as units. */
  rest(from: number): Uint16Array {
    return Uint16Array.from(this.#units.slice(from, this.#limit));
  }

  /** Where parsing begins: after a byte order mark. */
  get start(): number {
    return this.#text?.startsWith("\ufeff") ? 1 : 0;
  }

  /** Rule 27: all that lies before is gone through anew. */
  position(offset: number): Position {
    if (this.#text === undefined) return { offset, byteOffset: offset, line: 1, column: offset + 1 };
    const before = this.#text.slice(0, offset);
    // a `\n` behind a `\r` moves nothing
    const lines = before.slice(this.start).split(LINE_END);
    const [last = ""] = lines.slice(-1);
    return {
      offset,
      byteOffset: new TextEncoder().encode(before).length,
      line: lines.length,
      column: 1 + [...graphemes.segment(last)].length,
    };
  }

  span(from: number, to: number): Span {
    return { start: this.position(from), end: this.position(to) };
  }

  /** The text from `from` to `to`; of bytes, the characters with their numbers. */
  slice(from: number, to: number): string {
    return String.fromCharCode(...this.#units.slice(from, to));
  }

  bytes(from: number, to: number): Uint8Array {
    return Uint8Array.from(this.#units.slice(from, to));
  }

  /** What a leaf of the user's gets to see. */
  restAsText(from: number): string {
    return this.slice(from, this.#limit);
  }

  /** The character at `at` and where the next one begins; a lone half of a pair is a character. */
  characterAt(at: number): { readonly codePoint: number; readonly end: number } | undefined {
    const unit = this.#units[at];
    if (unit === undefined || at >= this.#limit) return undefined;
    if (!this.#insidePair(at + 1)) return { codePoint: unit, end: at + 1 };
    const low = this.#units[at + 1] ?? 0;
    return { codePoint: 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), end: at + 2 };
  }

  /** Whether `wanted` stands at `at`, no half of a pair taken for a character. */
  has(wanted: readonly number[], at: number): boolean {
    const end = at + wanted.length;
    if (end > this.#limit) return false;
    return wanted.every((unit, i) => this.#units[at + i] === unit) && !this.#insidePair(at) && !this.#insidePair(end);
  }

  #insidePair(at: number): boolean {
    const [before = 0, after = 0] = [this.#units[at - 1], this.#units[at]];
    return this.#text !== undefined && before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
  }
}

export function unitsOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}
