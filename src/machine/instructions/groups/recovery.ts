// Recovery: what is tried, how input is skipped, and where the run goes on.

/** Begins the parser of a `recover`. */
instruction("RECOVER", "skip:pc recovery", () => {
  leave(sp >= cap ? STATUS.GROW : STATUS.RECOVER);
});

/** It has succeeded. */
instruction("RECOVER_END", "to:pc", () => {
  leave(fp < 0 ? STATUS.THAW_FRAME : STATUS.RECOVERED);
});

/** Skips one character. */
instruction("SKIP_ONE", "to:pc", ($) => {
  needFrame();
  waitAtEnd();
  if (pos === end || !maySkip(m, fp, base + pos)) leave(STATUS.NOT_RESYNCED);
  const pair = (u[pos]! & 0xfc00) === 0xd800 && (u[pos + 1]! & 0xfc00) === 0xdc00;
  pos += pair && pos + 1 < end ? 2 : 1;
  goTo($.to);
});

/** The `until` of the recovery was found; 1: a function makes the value. */
instruction("RESYNC", "int", () => {
  leave(fp < 0 ? STATUS.THAW_FRAME : STATUS.RESYNCED);
});

/** Begins parts in a row that hold a recovery. */
instruction("ROW", "", () => {
  needPlaces();
  push(FRAME.ROW, { began: base + pos, number: ++m.usage.entered });
  next();
});

/** The row has ended. */
instruction("ROW_END", "", () => {
  needFrame();
  pop();
  next();
});
