// Bytes of the input up to the window's end. Text is counted when somebody asks, or when more text comes.
import { utf8Length } from "../text/index.ts";
import type { Piece } from "./input.ts";

export class ByteCount {
  #bytes: number;
  /** The last text, not counted yet. */
  #text = "";

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  add({ text, bytes, repairs }: Piece): void {
    this.#bytes = this.total + (bytes?.length ?? 0);
    if (bytes === undefined) this.#text = text;
    for (const repair of repairs) this.#bytes += repair.bytes - 3;
  }

  get total(): number {
    if (this.#text !== "") this.#bytes += utf8Length(this.#text);
    this.#text = "";
    return this.#bytes;
  }
}
