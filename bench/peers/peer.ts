// What a parser must offer to be timed against ours: whole values, from a whole text or from its pieces.

export interface BatchPeer {
  readonly name: string;
  parse(text: string): unknown;
}

/** Takes the pieces as texts or as bytes, whichever it is faster with; a peer that is good at both stands here twice. */
export type StreamPeer =
  | { readonly name: string; readonly takes: "text"; parse(pieces: readonly string[]): unknown }
  | {
      readonly name: string;
      readonly takes: "bytes";
      parse(pieces: readonly Buffer[]): unknown;
      /** So slow with pieces smaller than this that timing it says nothing. */
      readonly smallest?: number;
    };
