// Macros: lines that many instructions share. They are inlined, because a function would cost a call, and all registers would have
// to be written back each time.

/** Leaves the loop for a larger stack, if there is no room for a frame. */
macro("needPlaces", () => {
  if (sp >= cap) leave(STATUS.GROW);
});

/** The same for an instruction that has read from `start` on and will read that again. */
macro("needPlacesFrom", (start) => {
  if (sp >= cap) {
    pos = start;
    leave(STATUS.GROW);
  }
});

/** Leaves the loop for the innermost frame, if that is frozen. */
macro("needFrame", () => {
  if (fp < 0) leave(STATUS.THAW_FRAME);
});

/** Leaves the loop for the topmost slot of the stack, if that is frozen. */
macro("needTop", () => {
  if (sp === 0) leave(STATUS.THAW_TOP);
});

/** Waits for more input where the window ends and the input does not. */
macro("waitAtEnd", () => {
  if (pos === end && !closed) wait();
});

/** Values that are held were emitted before the frame that comes to stand here. */
macro("lowerHeld", () => {
  if (m.holding) m.lowerHeld(sp);
});

/** Keeps the text from here on, to come back to it. */
macro("holdTextToReturn", () => {
  m.mark(sp, base + pos);
  m.markReturn(sp, base + pos);
  lowerHeld();
});

/** Begins a leaf, inside which no failure is recorded; `more` are further slots of its frame. */
macro("pushLeaf", (more) => {
  holdTextToReturn();
  push(FRAME.LEAF, { began: base + pos, instruction: pc, outerFar: farOffset(), ...more });
  far = QUIET;
});

/** Pops a frame; its slots can still be read as `popped`. */
macro("pop", () => {
  sp = fp;
  fp = sp - (st[sp]! >> 1);
});

/** What a committed scope has emitted is certain once it ends. */
macro("settleScope", () => {
  if (cut !== 0 && m.holding) m.settleScope(fp, base + pos);
});

/** Pops a frame that opened a scope. */
macro("popScope", () => {
  sp = fp;
  cut = st[sp]! & 1;
  fp = sp - (st[sp]! >> 1);
});

/** A cut was passed: what failed here before does not count. */
macro("cutRecord", () => {
  if (far !== QUIET) {
    stale = 1;
    if (far < m.cutFar) m.cutFar = far;
  }
});

/** The rule whose frame is at `sp` ends; the failure record keeps it if it was open there. */
macro("closeRule", () => {
  rule = sp - popped.RULE.outer;
  if (farRule === sp) {
    // one that began at the failure is named only if all that failed there did so in it (semantics, rule 7)
    const holdsAll = popped.RULE.began !== base + far || (farPc !== 0 && farPc2 === 0) || sp <= failure.shared;
    if (holdsAll && left < CONTEXT) {
      failure.starts[left] = popped.RULE.began;
      failure.rules[left++] = popped.RULE.entry as RuleEntry;
    }
    farRule = rule;
  }
});

/** Records that the instruction at `at` failed here, if that is among the farthest. */
macro("note", (at) => {
  if (pos > far && pos !== labelAt) {
    far = pos;
    farPc = at;
    farPc2 = 0;
    farRule = rule;
    stale = 0;
    left = 0;
  } else if (pos === far && farPc2 === 0 && farPc !== 0 && stale === 0 && pos !== labelAt) {
    farPc2 = at;
    failure.shared = rule === farRule || program.isSilent(farPc) ? NONE : farRule;
    farRule = rule;
    left = 0;
  } else if (pos >= far) {
    m.labelAt = labelAt;
    m.rule = rule;
    m.farRule = farRule;
    m.farPc = farPc;
    m.farPc2 = farPc2;
    m.noteSlowly(at, pos, far, stale);
    far = pos;
    farPc = 0;
    farPc2 = 0;
    farRule = rule;
    stale = 0;
    left = 0;
  }
});

/** Fails with a problem; if there is a leaf around it, that fails with the problem. */
macro("refuse", (problem) => {
  if (far !== QUIET) {
    if (pos >= far && pos !== labelAt) failure.refuse(base + pos, pc, problem);
  } else if (isLeafKnown(m, fp)) setProblemAround(m, fp, problem);
  else leave(STATUS.THAW_TOP);
});

/** Records what is open where the instruction at `pc` failed. */
macro("noteOpen", () => {
  if (pos === far && (cut !== 0 || program.watched[pc] === 1 || failure.closing === base + pos || pos === end)) {
    noteOpened(m, program, pc, fp, base + pos);
  }
});

/** Skips characters of a set: one comparison for each that is the same as the one before it. */
macro("skipRuns", (offset, bit) => {
  for (let c = u[pos]!; (cls[offset + c]! & bit) !== 0; c = u[pos]!) while (u[++pos]! === c);
});

/** Skips the space in a row; the plain code, from an instruction on, continues at what the class table does not know. */
macro("skipSpace", (offset, bit, there) => {
  const spaces = offset;
  const space = bit;
  skipRuns(spaces, space);
  if (!known(spaces)) {
    pc += there;
    again();
  }
});

/** Skips characters of a set, as far as the class table knows them. */
macro("skipAll", (offset, bit) => {
  while ((cls[offset + u[pos]!]! & bit) !== 0) pos++;
});

/** Looks up how many units the next character takes if it is in the set, else 0. The program may have another class table after that. */
macro("askMember", (offset, set) => {
  const width = member(window, classes, offset, set, pos);
  cls = classes.table;
});

/** Skips characters of a set, also those that the class table does not know. */
macro("skipMembers", (offset, bit, set) => {
  for (;;) {
    skipAll(offset, bit);
    if (known(offset) || pos === end) break;
    askMember(offset, set);
    if (width === 0) break;
    pos += width;
  }
});

/** Suspends in the text since `start`: the plain code continues it, from an instruction on. */
macro("suspendText", (start, there) => {
  m.mark(sp, base + start);
  push(FRAME.MARK, { began: base + start });
  pc += there;
  wait();
});

/** The end of a token: the space after it, and the return. */
macro("endToken", () => {
  if (code[pc]! !== OP.SPAN_RET) again();
  const spaces = here.SPAN_RET.offset;
  const space = here.SPAN_RET.bit;
  skipRuns(spaces, space);
  if (known(spaces) && sp > 0) pc = st[--sp]!;
  again();
});

/** Calls a choice: goes to the alternative that begins with the next character, or to the choice. */
macro("dispatch", () => {
  const unit = u[pos]!;
  const entry = here.CALL_DISPATCH.to;
  const target = unit < 128 ? jumps[(of(entry).DISPATCH.table << 7) + unit]! : 0;
  st[sp++] = pc + width.CALL;
  if (target === 0) pc = entry;
  else {
    pos += target & 1;
    pc = target >> 1;
  }
  again();
});

/** Leaves the loop to go back behind a barrier that was passed, with the frame, which has so many slots, pushed again. */
macro("rewindBarrier", (slots) => {
  if (at[sp]! < passedBarrier) {
    fp = sp;
    sp += slots;
    pc = 0;
    leave(STATUS.REWOUND);
  }
});

/** Whether the class table knows the next unit. */
expression("known", (offset) => cls[offset + u[pos]!]! < 128);

/** The text between two places of the window. */
expression("textOf", (start, end) =>
  start >= shift ? text.slice(start - shift, end - shift) : window.slice(start, end),
);

/** The farthest failure as an offset, to be kept in a frame. */
expression("farOffset", () => (far === QUIET ? Number.POSITIVE_INFINITY : base + far));

/** The same, back from the frame. */
expression("farAt", (offset) => (offset === Number.POSITIVE_INFINITY ? QUIET : Math.max(-1, offset - base) | 0));
