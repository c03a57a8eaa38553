// Labels and leaves: what a failure is reported as.

/** Begins a label: what fails at its start is reported as the label. */
instruction("LABEL", "label", () => {
  needPlaces();
  push(FRAME.LABEL, {
    began: base + pos,
    outerPc: m.labelPc,
    outerAt: labelAt < 0 ? -1 : base + labelAt,
    outerProgram: m.labelProgram,
  });
  if (labelAt !== pos) {
    labelAt = pos;
    m.labelPc = pc;
    m.labelProgram = program;
  }
  next();
});

/** The labelled parser has succeeded. */
instruction("LABEL_END", "", () => {
  needFrame();
  pop();
  m.labelPc = popped.LABEL.outerPc;
  labelAt = popped.LABEL.outerAt < 0 ? -1 : Math.max(-1, popped.LABEL.outerAt - base) | 0;
  m.labelProgram = popped.LABEL.outerProgram as Program;
  next();
});

/** Begins a leaf: it fails at its start, and nothing inside it is recorded. */
instruction("LEAF", "leaf", () => {
  needPlaces();
  pushLeaf({});
  cut = 0;
  next();
});

/** As LEAF, of a leaf whose failure is recorded also inside trivia. */
sameBody("LEAF_IN_TRIVIA", "leaf", "LEAF");

/** The leaf has succeeded. */
instruction("LEAF_END", "", () => {
  needFrame();
  popScope();
  far = farAt(popped.LEAF.outerFar);
  m.unmark(sp);
  next();
});

/** Begins trivia: no failure in it is recorded. */
instruction("QUIET", "", () => {
  needPlaces();
  push(FRAME.QUIET, { began: base + pos, outerFar: farOffset() });
  far = QUIET;
  next();
});

/** The trivia has succeeded. */
instruction("QUIET_END", "", () => {
  needFrame();
  pop();
  far = farAt(popped.QUIET.outerFar);
  next();
});

/** Begins a `frame`: a token whose class a waiting run names. */
instruction("TOKEN", "label", ($) => {
  needPlaces();
  push(FRAME.TOKEN, { began: base + pos, outer: sp - m.boundary, name: program.labels[$.label] });
  m.boundary = fp;
  next();
});

/** The token has ended. */
instruction("TOKEN_END", "", () => {
  needFrame();
  pop();
  m.boundary = sp - popped.TOKEN.outer;
  next();
});
