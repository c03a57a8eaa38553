// Lists: repetitions, their elements on the stack, and how many there are.

/** Begins a list. */
instruction("LIST", "", () => {
  needPlaces();
  push(FRAME.LIST, {});
  next();
});

/** Adds the value to a list. */
instruction("ADD", "to:pc", ($) => {
  needPlaces();
  vals[sp++] = val;
  goTo($.to);
});

/** The value is the list as an array. */
instruction("LIST_END", "", () => {
  needFrame();
  val = arrayOf(vals, fp + 2, sp);
  pop();
  next();
});

/** The value is the list of keys and values as an object. */
instruction("RECORD_END", "", () => {
  needFrame();
  val = recordOf(vals, fp + 2, sp);
  pop();
  next();
});

/** As COMMIT and ADD, where the element has put values on the stack. */
instruction("COLLECT", "to:pc", ($) => {
  needFrame();
  settleScope();
  const frame = fp;
  const pushed = sp - frame - 2;
  cut = st[frame]! & 1;
  fp = frame - (st[frame]! >> 1);
  for (let i = 0; i < pushed; i++) vals[frame + i] = vals[frame + 2 + i];
  sp = frame + pushed;
  vals[sp++] = val;
  goTo($.to);
});

/** Begins to count. */
instruction("COUNTER", "", () => {
  needPlaces();
  push(FRAME.COUNTER, { count: 0 });
  next();
});

/** Counts one more. */
instruction("COUNT", "to:pc", ($) => {
  needFrame();
  top.COUNTER.count = top.COUNTER.count + 1;
  goTo($.to);
});

/** As COMMIT and COUNT. */
instruction("TALLY", "to:pc", ($) => {
  if (fp < 0 || fp - (st[fp]! >> 1) < 0) leave(STATUS.THAW_FRAME);
  settleScope();
  popScope();
  top.COUNTER.count = top.COUNTER.count + 1;
  goTo($.to);
});

/** The value is the count. */
instruction("COUNTER_END", "", () => {
  needFrame();
  if (code[pc]! === OP.COUNTER_END) val = top.COUNTER.count;
  pop();
  next();
});

/** Ends a count that nobody wants. */
sameBody("COUNTER_DROP", "", "COUNTER_END");

/** Begins as many elements as the value says, each of so many units at least; where there are to be none it goes elsewhere. */
instruction("TIMES", "int to:pc", ($) => {
  needPlaces();
  if (!((val as number) > 0)) goTo($.to);
  m.counted = true;
  push(FRAME.TIMES, { began: base + pos, left: val as number, least: $.int });
  next();
});

/** Adds the value to a list of so many elements; where that was not the last one, the next begins at a place. */
instruction("TIMES_ADD", "to:pc", ($) => {
  needFrame();
  needPlaces();
  const more = top.TIMES.left - 1;
  const units = top.TIMES.least;
  pop();
  if (code[pc]! === OP.TIMES_ADD) vals[sp++] = val;
  if (more <= 0) next();
  push(FRAME.TIMES, { began: base + pos, left: more, least: units });
  goTo($.to);
});

/** The same where nobody wants the values. */
sameBody("TIMES_NEXT", "to:pc", "TIMES_ADD");

/** Goes elsewhere once a list has so many elements. */
instruction("UNTIL_LENGTH", "int to:pc", ($) => {
  // the frame may lie frozen far below: its slot number alone says how many values stand above it
  goTo(sp - fp - 2 >= $.int ? $.to : pc + width.UNTIL_LENGTH);
});

/** Goes elsewhere once so many were counted. */
instruction("UNTIL_COUNT", "int to:pc", ($) => {
  needFrame();
  goTo(top.COUNTER.count >= $.int ? $.to : pc + width.UNTIL_COUNT);
});

/** Ends the run with E3001 if nothing was read since the iteration began. */
instruction("PROGRESS", "", () => {
  needFrame();
  if (at[fp]! === base + pos) {
    m.fatal("E3001", program.repetitionAt(pc), base + pos);
    leave(STATUS.FATAL);
  }
  next();
});
