// Scopes: alternatives, attempts, lookahead, cuts and brackets.

/** Begins an alternative; where it fails, the code at a place is the other one. */
instruction("CHOICE", "other:pc", ($) => {
  needPlaces();
  lowerHeld();
  push(FRAME.CHOICE, { other: $.other, began: base + pos });
  cut = 0;
  next();
});

/** The alternative has succeeded. */
instruction("COMMIT", "to:pc", ($) => {
  needFrame();
  settleScope();
  popScope();
  goTo($.to);
});

/** Begins what may be rewound. */
instruction("ATTEMPT", "", () => {
  needPlaces();
  holdTextToReturn();
  push(FRAME.ATTEMPT, { began: base + pos });
  cut = 0;
  next();
});

/** The attempt has succeeded. */
instruction("ATTEMPT_END", "", () => {
  needFrame();
  popScope();
  m.unmark(sp);
  next();
});

/** Begins a lookahead. */
instruction("LOOKAHEAD", "", () => {
  needPlaces();
  leave(STATUS.LOOKAHEAD);
});

/** The lookahead has succeeded. */
instruction("LOOKAHEAD_END", "", () => {
  leave(fp < 0 ? STATUS.THAW_FRAME : STATUS.LOOKAHEAD_END);
});

/** Begins what must not come next; where it fails, the run goes on at a place. */
instruction("NOT", "to:pc", () => {
  needPlaces();
  holdTextToReturn();
  push(FRAME.NOT, { began: base + pos, instruction: pc, outerFar: farOffset() });
  far = QUIET;
  cut = 0;
  next();
});

/** What must not come next has come: fails where it began. */
instruction("NOT_END", "", () => {
  needFrame();
  if (at[fp]! < passedBarrier) leave(STATUS.REWOUND);
  popScope();
  m.unmark(sp);
  m.dropHeld(sp);
  pos = (popped.NOT.began - base) | 0;
  far = farAt(popped.NOT.outerFar);
  pc = popped.NOT.instruction;
  fail();
});

/** Commits the rest of the innermost scope. */
instruction("CUT", "", () => {
  cut = 1;
  cutRecord();
  next();
});

/** Begins a scope that is committed. */
instruction("CUT_BEGIN", "", () => {
  needPlaces();
  lowerHeld();
  push(FRAME.CUT, { began: base + pos });
  cut = 1;
  cutRecord();
  next();
});

/** Begins what opens a bracket. */
instruction("OPEN", "", () => {
  needPlaces();
  lowerHeld();
  push(FRAME.OPENING, { began: base + pos, opener: ~pc });
  next();
});

/** A bracket is open: commits, if anything was read. */
instruction("OPENED", "", () => {
  needFrame();
  if (base + pos > at[fp]!) {
    st[fp] = (st[fp]! & ~1) | cut;
    st[fp + 1] = FRAME.OPENED;
    cut = 1;
    cutRecord();
  }
  next();
});

/** Reads the unit that opens a bracket, and commits. */
instruction("BRACKET", "char", ($) => {
  needPlaces();
  if (u[pos]! !== $.char) {
    waitAtEnd();
    fail();
  }
  lowerHeld();
  push(FRAME.OPENED, { began: base + pos, opener: ~pc });
  cut = 1;
  pos++;
  cutRecord();
  next();
});

/** Records where the closer of a bracket begins. */
instruction("CLOSING", "", () => {
  needFrame();
  top.OPENED.opener = base + pos;
  top.OPENED.closing = pc;
  failure.closing = base + pos;
  next();
});

/** The bracket is closed. */
instruction("CLOSE", "", () => {
  needFrame();
  settleScope();
  sp = fp;
  if (st[sp + 1]! !== FRAME.OPENING) cut = st[sp]! & 1;
  fp = sp - (st[sp]! >> 1);
  next();
});
