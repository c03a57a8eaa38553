// Refining and observing: functions that may refuse a value, `within`, counts, checkpoints and traces.

/** Begins what may be refused. 0: only where it began is kept; 1: its text is kept; 2: the run may go back there. */
instruction("REFINE_BEGIN", "int", ($) => {
  needPlaces();
  const keeps = $.int;
  if (keeps !== 0) m.mark(sp, base + pos);
  if (keeps === 2) {
    m.markRefined(sp, base + pos);
    lowerHeld();
  }
  push(FRAME.REFINE, { began: base + pos, outerFar: base + far });
  if (keeps !== 2) st[fp + 1] = keeps === 0 ? FRAME.SPANNED : FRAME.MARK;
  next();
});

/** The value is what a function makes of it; where the function refuses it, this fails. */
instruction("REFINE_END", "refiner", () => {
  needFrame();
  if (far === QUIET && !isLeafKnown(m, fp)) leave(STATUS.THAW_TOP);
  pop();
  const refined = refine(m, pc, val, base + pos, sp, fp, cut);
  m.unmark(sp);
  if (refined instanceof Refusal) {
    const { problem } = refined;
    if (refined.at !== undefined) pos = refined.at - base;
    if (problem !== undefined && far !== QUIET && far > pos && popped.REFINE.outerFar <= base + pos) {
      // what could have followed in what is refused hides nothing (semantics, rule 35)
      far = pos;
      stale = 1;
    }
    if (problem === undefined) {
      if (pos === far && stale === 0 && program.isBare(pc)) pc = 0;
    } else if (far === QUIET) setProblemAround(m, fp, problem);
    else if (pos >= far && pos !== labelAt) failure.refuse(base + pos, pc, problem);
    fail();
  }
  val = refined;
  next();
});

/** The value is what a function makes of a text, and the run goes on elsewhere; where the function throws, the next code runs over the same text. */
instruction("DECODE", "function to:pc", ($) => {
  needFrame();
  const decoded = understood(functions[$.function]!, val);
  if (decoded === NOT_UNDERSTOOD) next();
  val = decoded;
  m.unmark(fp);
  pop();
  goTo($.to);
});

/** Back to where the text began; the value is its length. */
instruction("REWIND", "", () => {
  needFrame();
  if (at[fp]! < passedBarrier) leave(STATUS.REWOUND);
  m.unmark(fp);
  if (m.holding) m.dropHeld(fp);
  pop();
  const start = (popped.REFINE.began - base) | 0;
  val = pos - start;
  pos = start;
  next();
});

/** Begins a `within`: a part of so many units (-1: as many as the value says) that is parsed as if the input ended after it. */
instruction("WITHIN", "const", () => {
  leave(sp >= cap ? STATUS.GROW : STATUS.WITHIN);
});

/** The part has ended; all of it must have been read. */
instruction("WITHIN_END", "", () => {
  needFrame();
  // the input itself may have ended before that
  if (base + pos < top.WITHIN.began + (top.WITHIN.length as number)) {
    const problem = shortage(m, top.WITHIN.length as number, base + pos - top.WITHIN.began);
    refuse(problem);
    fail();
  }
  leave(STATUS.WITHIN_END);
});

/** A checkpoint that began at SPANNED. */
instruction("CHECKPOINT", "", () => {
  needFrame();
  pop();
  pc += width.CHECKPOINT;
  if (m.emit(new Checkpoint(m.span(popped.SPANNED.began, base + pos, sp)), sp, fp, base + pos, cut)) {
    leave(STATUS.EMITTED);
  }
  again();
});

/** Begins what is traced. */
instruction("TRACE", "label", ($) => {
  needPlaces();
  push(FRAME.TRACE, { began: base + pos, name: program.labels[$.label] });
  next();
});

/** What is traced has succeeded. */
instruction("TRACE_END", "", () => {
  needFrame();
  pop();
  pc += width.TRACE_END;
  const span = m.span(popped.TRACE.began, base + pos, sp);
  if (m.emit(new Success(popped.TRACE.name as string, span), sp, fp, base + pos, cut)) leave(STATUS.EMITTED);
  again();
});

/** Counts an iteration, in a run that limits them. */
instruction("STEP", "", () => {
  if (tooMany(m, base + pos)) leave(STATUS.FATAL);
  next();
});

/** Counts an entry and how deep it is, in a run that limits them. */
instruction("NEST", "", () => {
  needPlaces();
  if (tooMany(m, base + pos) || tooDeep(m, base + pos)) leave(STATUS.FATAL);
  push(FRAME.NEST, { began: base + pos });
  next();
});

/** It is left again. */
instruction("NEST_END", "", () => {
  needFrame();
  pop();
  m.usage.depth--;
  next();
});
