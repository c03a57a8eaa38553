// What is known of positions, as far as a copy of the machine needs it.
import { LineIndex } from "../../text/index.ts";
import { ByteCount } from "../memory/byte-count.ts";
import type { Place } from "./retained.ts";

/** Where something began that is still open, by its place on the stack. */
interface Anchor extends Place {
  readonly depth: number;
  readonly below: Anchor | undefined;
}

/** The end of the text let go, in two parts: nothing is copied while it is only written. */
interface Tail {
  /** Empty, or long enough. */
  readonly older: string;
  readonly newer: string;
}

export class PlacesState {
  protected lines: LineIndex = new LineIndex();
  protected byteCount: ByteCount = new ByteCount(0);
  /** Text before this is gone, or may go at any time: a copy of the machine needs what comes after. */
  gone = 0;
  protected anchors: Anchor | undefined = undefined;
  /** Where the space began that ended the text let go. */
  protected blank: Place | undefined = undefined;
  protected tail: Tail = { older: "", newer: "" };
  /** Nobody cares about positions. */
  protected none = false;

  copy(): PlacesState {
    const copy = new PlacesState();
    copy.assign(this);
    return copy;
  }

  assign(from: PlacesState): void {
    this.lines = from.lines.fork();
    this.byteCount = from.byteCount.copy();
    this.gone = from.gone;
    this.anchors = from.anchors;
    this.blank = from.blank;
    this.tail = from.tail;
    this.none = from.none;
  }
}
