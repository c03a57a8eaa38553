// Frames: what stands on the stack while a parser is open, and what a failure does when it comes to each of them.
//
// The slots of a frame: `int0` is twice the distance to the frame below, plus 1 if the scope below is cut; `int1` is the kind.
// The others have names: int2, offset0 to offset2, value, value1. `scope` says that the frame keeps whether the scope is cut.

/** The bottom of the stack. */
frame("RUN", "offset0:began", () => {
  fp = sp;
  sp += 2;
  leave(STATUS.FAILED);
});

/** May be rewound. */
frame("ATTEMPT", "scope offset0:began", () => {
  rewindBarrier(2);
  if (m.holding) m.dropHeld(sp);
  pos = (at[sp]! - base) | 0;
  cut = link & 1;
  m.unmark(sp);
  goOnFailing();
});

/** A lookahead; keeps the failure record. */
sameUnwinding("LOOKAHEAD", "scope offset0:began value:record", "ATTEMPT");

/** What must not come next. */
frame("NOT", "scope int2:instruction offset0:began offset1:outerFar", () => {
  rewindBarrier(3);
  if (m.holding) m.dropHeld(sp);
  pos = (at[sp]! - base) | 0;
  cut = link & 1;
  far = farAt(popped.NOT.outerFar);
  m.unmark(sp);
  pc = of(popped.NOT.instruction).NOT.to;
  goOn();
});

/** A leaf. `instruction` is negative if the leaf has a problem; `match` and `state` are those of a leaf that waits. */
frame("LEAF", "scope int2:instruction offset0:began offset1:outerFar offset2:match? value:state?", () => {
  if (
    popped.LEAF.outerFar === Number.POSITIVE_INFINITY &&
    (popped.LEAF.instruction < 0 || code[popped.LEAF.instruction]! === OP.LEAF_IN_TRIVIA)
  ) {
    fp = sp;
    sp += 3;
    pc = 0;
    leave(STATUS.PASS_ON);
  }
  if (m.holding) m.dropHeld(sp);
  pos = (at[sp]! - base) | 0;
  cut = link & 1;
  far = farAt(popped.LEAF.outerFar);
  m.unmark(sp);
  pc = popped.LEAF.instruction;
  if (pc < 0) {
    pc = -pc;
    if (pos >= far && pos !== labelAt) failure.refuse(base + pos, pc, popped.LEAF.state as Problem);
  }
  note(pc);
  noteOpen();
  if (m.holding) m.settleFailure(fp, base + pos, cut);
  goOnFailing();
});

/** Trivia. */
frame("QUIET", "offset0:began offset1:outerFar", () => {
  far = farAt(popped.QUIET.outerFar);
  goOnFailing();
});

/** A label. */
frame("LABEL", "int2:outerPc offset0:began offset1:outerAt value:outerProgram", () => {
  m.labelPc = popped.LABEL.outerPc;
  labelAt = popped.LABEL.outerAt < 0 ? -1 : Math.max(-1, popped.LABEL.outerAt - base) | 0;
  m.labelProgram = popped.LABEL.outerProgram as Program;
  goOnFailing();
});

/** A rule that is open; `outer` is the distance to the one around it. */
frame("RULE", "int2:outer offset0:began offset1:returnTo value:entry", () => {
  closeRule();
  goOnFailing();
});

/** What opens a bracket, while it runs; `opener` is the complement of its place in the code. */
frame("OPENING", "scope offset0:began offset1:opener");

/** An open bracket; once its closer has begun, `opener` is where that began, and `closing` the instruction. */
frame("OPENED", "scope offset0:began offset1:opener value:closing?");

/** A list; its elements stand above. */
frame("LIST", "");

/** A count. */
frame("COUNTER", "offset1:count");

/** A fixed number of elements: how many are left, with the one that began here, and how many units each reads at least. */
frame("TIMES", "offset0:began offset1:left value:least");

/** A text that is wanted. */
frame("MARK", "offset0:began offset1:outerFar?", () => {
  if (m.textMark === sp) m.textMark = NONE;
  goOnFailing();
});

/** A value whose span is wanted. */
frame("SPANNED", "offset0:began offset1:outerFar?");

/** A parser with a program of its own; keeps the program around it. Where a link led there, `returnTo` is the complement of the place, and `isNew` says whether a `lazy` was resolved for it. */
frame("PROGRAM", "offset0:began offset1:returnTo value:program value1:isNew?", () => {
  fp = sp;
  pc = 0;
  leave(STATUS.ABANDON);
});

/** A scope that is committed. */
frame("CUT", "scope offset0:began");

/** A token with a class; `outer` is the distance to the one around it. */
frame("TOKEN", "int2:outer offset0:began value:name", () => {
  m.boundary = sp - popped.TOKEN.outer;
  goOnFailing();
});

/** The parser of a `recover`; `state` is the state of the run before it. */
frame("RECOVER", "scope int2:instruction offset0:began value:watch value1:state", () => {
  fp = sp;
  pc = 0;
  leave(STATUS.UNRECOVERED);
});

/** Input that is skipped. The search for `until` is in a choice, so no failure comes here. */
frame("SKIP", "scope int2:instruction offset0:began value:skip value1:state");

/** A `within`: a part of the input with an end of its own; `outerEnd` is the end around it. */
frame("WITHIN", "offset0:began offset1:outerEnd value:length", () => {
  fp = sp;
  pc = 0;
  leave(STATUS.WITHIN_END);
});

/** A trace. */
frame("TRACE", "offset0:began value:name");

/** A level of depth that is counted. */
frame("NEST", "offset0:began", () => {
  m.usage.depth--;
  goOnFailing();
});

/** A text that is put together of pieces: how many there are, and what they make so far. */
frame("JOIN", "offset1:count value:text");

/** What may be refused, where the run may go back to its start: `outerFar` is the farthest failure before it. */
frame("REFINE", "offset0:began offset1:outerFar", () => {
  m.unmark(sp);
  goOnFailing();
});

/** Parts in a row that hold a recovery; rows and recoveries have numbers, in the order in which they were entered. */
frame("ROW", "offset0:began offset1:number");

/** Text that is handed out while it is read; of bytes (1), `length` is how many there are. */
frame("PIECES", "offset0:began offset1:length value:bytes", () => {
  handOut(m, pos, sp, cut);
  m.pieceAt = Number.POSITIVE_INFINITY;
  goOnFailing();
});

/** An alternative; its kind is the place of the other one, above 0. */
frame("CHOICE", "scope int1:other offset0:began");
