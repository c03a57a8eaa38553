// The state of the positions that a copy of the machine needs.
import { LineIndex } from "../../text/index.ts";
import { ByteCount } from "../memory/byte-count.ts";
import type { RetainedPosition } from "./retained.ts";

/** Where an open frame began, by its depth on the stack. */
interface Anchor extends RetainedPosition {
  readonly depth: number;
  readonly below: Anchor | undefined;
}

/** The end of the text that was let go, in two parts: nothing is copied while it is only written. */
interface LastText {
  /** Empty, or long enough. */
  readonly older: string;
  readonly newer: string;
}

export class PositionsState {
  protected lines: LineIndex = new LineIndex();
  protected byteCount: ByteCount = new ByteCount(0);
  /** Text before this is gone, or may go at any time: a copy of the machine needs what comes after. */
  gone = 0;
  protected anchors: Anchor | undefined = undefined;
  /** Where the space began that ended the text that was let go. */
  protected blank: RetainedPosition | undefined = undefined;
  protected tail: LastText = { older: "", newer: "" };
  /** Nobody asks for positions. */
  protected none = false;

  copy(): PositionsState {
    const copy = new PositionsState();
    copy.assign(this);
    return copy;
  }

  assign(from: PositionsState): void {
    this.lines = from.lines.fork();
    this.byteCount = from.byteCount.copy();
    this.gone = from.gone;
    this.anchors = from.anchors;
    this.blank = from.blank;
    this.tail = from.tail;
    this.none = from.none;
  }
}
