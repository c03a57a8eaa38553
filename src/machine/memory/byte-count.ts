// Bytes of the input up to the window's end. Text is counted when somebody asks, or when more text comes.
import { utf8Length } from "../../text/index.ts";
import type { Piece } from "./input.ts";

export class ByteCount {
  #bytes: number;
  /** The last text, not counted yet. */
  #text = "";
  /** How much longer malformed bytes were than the U+FFFD that stand for them in the text. */
  #excess: number;

  constructor(bytes: number, excess = 0) {
    this.#bytes = bytes;
    this.#excess = excess;
  }

  add({ text, bytes, size, repairs }: Piece): void {
    this.#bytes = this.total + (bytes?.length ?? size ?? 0);
    for (const repair of repairs) this.#excess += repair.bytes - 3;
    if (bytes === undefined && size === undefined) this.#text = text;
  }

  /** Bytes of the source. */
  get total(): number {
    if (this.#text !== "") this.#bytes += utf8Length(this.#text);
    this.#text = "";
    return this.#bytes;
  }

  /** Bytes of what the machine reads: U+FFFD counts 3. */
  get read(): number {
    return this.total - this.#excess;
  }

  copy(): ByteCount {
    return new ByteCount(this.total, this.#excess);
  }
}
