// Input that was fed and is not yet in the window: decoded text, or copies of bytes. Here chunks lose their borders: the bytes of
// one character are joined, and so are the halves of a surrogate pair; a byte order mark is removed.
import { Utf8Decoder } from "../../text/index.ts";

/** The input is malformed from here on. */
interface Broken {
  readonly byteOffset: number;
}

/** Units to append, and the U+FFFD in them that stand for other than 3 bytes. */
export interface Piece {
  readonly text: string;
  readonly bytes: Uint8Array | undefined;
  /** Bytes that the text was in the source, where they are known. */
  readonly size: number | undefined;
  readonly repairs: readonly { readonly index: number; readonly bytes: number }[];
}

const NO_REPAIRS: readonly never[] = [];
const HALF = { come: 2, missing: 2 } as const;
const WHOLE = { come: 0, missing: 0 } as const;

export class Input {
  readonly #binary: boolean;
  readonly #mode: "fatal" | "replace";
  #queue: Piece[] = [];
  #next = 0;
  /** Units and bytes in the queue. */
  #queued = 0;
  #decoder: Utf8Decoder | undefined;
  /** A high surrogate whose other half may still come. */
  #half = "";
  #begun = false;
  #broken: Broken | undefined;
  /** A byte order mark was taken off. */
  hadByteOrderMark = false;
  ended = false;

  constructor(binary: boolean, mode: "fatal" | "replace") {
    this.#binary = binary;
    this.#mode = mode;
  }

  fork(): Input {
    const fork = new Input(this.#binary, this.#mode);
    fork.#queue = this.#queue.slice(this.#next);
    fork.#queued = this.#queued;
    fork.#decoder = this.#decoder?.fork();
    fork.#half = this.#half;
    fork.#begun = this.#begun;
    fork.#broken = this.#broken;
    fork.hadByteOrderMark = this.hadByteOrderMark;
    fork.ended = this.ended;
    return fork;
  }

  /** Takes a chunk; bytes are decoded or copied before this returns. */
  write(chunk: string | Uint8Array): void {
    if (chunk.length === 0) return;
    if (typeof chunk === "string") this.#text(chunk, undefined, NO_REPAIRS);
    else {
      // a copy in any case: `slice` of Node's Buffer is a view
      if (this.#binary) this.#bytes(Uint8Array.prototype.slice.call(chunk));
      else {
        this.#decoder ??= new Utf8Decoder(this.#mode);
        const before = this.#decoder.decoded;
        this.#decoded(this.#decoder.write(chunk), this.#decoder.decoded - before);
      }
    }
  }

  /** Says that no more will come. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    if (this.#decoder !== undefined) {
      const before = this.#decoder.decoded;
      this.#decoded(this.#decoder.end(), this.#decoder.decoded - before);
    }
    if (this.#half !== "" && this.#broken === undefined) {
      this.#put({ text: this.#half, bytes: undefined, size: undefined, repairs: NO_REPAIRS });
      this.#half = "";
    }
  }

  /** The next piece for the window, if there is one. */
  take(): Piece | undefined {
    const piece = this.#queue[this.#next];
    if (piece === undefined) return undefined;
    this.#next++;
    this.#queued -= lengthOf(piece);
    if (this.#next === this.#queue.length) {
      this.#queue = [];
      this.#next = 0;
    } else if (this.#next > 64 && this.#next * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#next);
      this.#next = 0;
    }
    return piece;
  }

  /** What is wrong where the pieces end. */
  get broken(): Broken | undefined {
    return this.#next < this.#queue.length ? undefined : this.#broken;
  }

  /** Units and bytes fed that the window has not got yet. */
  get waiting(): number {
    return this.#queued + this.#half.length;
  }

  /** Bytes of a character that has come in part, and those that are missing: half of a pair counts as two. */
  get unfinished(): { readonly come: number; readonly missing: number } {
    if (this.#half !== "") return HALF;
    return this.#decoder?.unfinished ?? WHOLE;
  }

  #put(piece: Piece): void {
    this.#queue.push(piece);
    this.#queued += lengthOf(piece);
  }

  #bytes(bytes: Uint8Array): void {
    this.#put({ text: "", bytes, size: undefined, repairs: NO_REPAIRS });
  }

  #decoded(decoded: ReturnType<Utf8Decoder["write"]>, size: number): void {
    if (this.#broken !== undefined) return;
    this.#text(decoded.text, size, decoded.repairs);
    if (decoded.errorAt !== undefined) this.#broken = { byteOffset: decoded.errorAt };
  }

  #text(chunk: string, inSource: number | undefined, repairs: Piece["repairs"]): void {
    let text = chunk;
    let size = inSource;
    let moved = 0;
    if (this.#half !== "" && text !== "") {
      text = this.#half + text;
      moved = 1;
      this.#half = "";
    }
    if (text === "") return;
    if (!this.#begun) {
      this.#begun = true;
      if (text.charCodeAt(0) === 0xfeff) {
        this.hadByteOrderMark = true;
        text = text.slice(1);
        if (size !== undefined) size -= 3;
        moved--;
      }
    }
    const last = text.charCodeAt(text.length - 1);
    if (last >= 0xd800 && last < 0xdc00) {
      this.#half = text.slice(-1);
      text = text.slice(0, -1);
    }
    if (text === "") return;
    const moves =
      moved === 0 || repairs.length === 0 ? repairs : repairs.map((r) => ({ ...r, index: r.index + moved }));
    this.#put({ text, bytes: undefined, size, repairs: moves });
  }
}

function lengthOf({ text, bytes }: Piece): number {
  return bytes?.length ?? text.length;
}
