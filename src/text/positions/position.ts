// Positions in the input.

/** A place between two units of the input. It depends only on the text before it (semantics, rule 27). */
export interface Position {
  /** In UTF-16 code units from the input's start, a skipped BOM included; in bytes for binary input. Exact up to 2^53. */
  readonly offset: number;
  /** In bytes of the source from its start, a skipped BOM (3) included. A lone surrogate counts 3. */
  readonly byteOffset: number;
  /** From 1; `\n`, `\r\n` and `\r` each end a line once. */
  readonly line: number;
  /** From 1, in extended grapheme clusters of the line's text before this place. */
  readonly column: number;
}

/** A part of the input, from `start` up to, but without, `end`. */
export interface Span {
  /** The name of the source, if the run was given one. */
  readonly source?: string;
  readonly start: Position;
  readonly end: Position;
}
