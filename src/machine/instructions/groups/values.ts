// Values: the register for the value, and unfinished values on the stack.

/** Puts the value on the stack. */
instruction("PUSH", "", () => {
  needPlaces();
  vals[sp++] = val;
  next();
});

/** Takes the value from the stack. */
instruction("POP", "", () => {
  needTop();
  val = vals[--sp];
  next();
});

/** The value is a constant. */
instruction("CONST", "const", ($) => {
  val = constants[$.const];
  next();
});

/** The value is what a function makes of the value. */
instruction("MAP", "function", ($) => {
  val = functions[$.function]!(val);
  next();
});

/** The value is an array of the topmost values on the stack and the value: as many as the operand says. */
instruction("TUPLE", "int", ($) => {
  const count = $.int;
  if (sp < count - 1) leave(STATUS.THAW_TOP);
  if (count > 1) sp -= count - 1;
  val = tupleOf(vals, sp, count, val);
  next();
});

/** Adds the value to the sum at the top of the stack. */
instruction("FOLD", "function", ($) => {
  needTop();
  vals[sp - 1] = (functions[$.function]! as Step)(vals[sp - 1], val);
  next();
});

/** Emits the value. */
instruction("EMIT", "", () => {
  pc += width.EMIT;
  // where code is deferred, the machine rests when that begins
  if (m.emit(val, sp, fp, base + pos, cut) && m.deferred === undefined) leave(STATUS.EMITTED);
  again();
});
