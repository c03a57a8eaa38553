// Tests: one character decides where to go on; what it is not is recorded as expected.

/** Fails if a character of the set comes next. */
instruction("NOT_SET", "set", ($) => {
  const kind = cls[$.offset + u[pos]!]!;
  if ((kind & $.bit) !== 0) fail();
  if (kind >= 128) {
    if (pos === end) {
      if (!closed) wait();
    } else {
      askMember($.offset, $.set);
      if (width > 0) fail();
    }
  }
  next();
});

/** Reads this unit, or goes elsewhere. */
instruction("TEST_CHAR", "char miss:pc", ($) => {
  if (u[pos]! === $.char) {
    pos++;
    next();
  }
  waitAtEnd();
  note(pc);
  goTo($.miss);
});

/** Goes elsewhere unless a character of the set comes next. */
instruction("TEST_SET", "set miss:pc", ($) => {
  const kind = cls[$.offset + u[pos]!]!;
  if ((kind & $.bit) !== 0) next();
  if (kind >= 128) {
    if (pos === end) {
      if (!closed) wait();
    } else {
      askMember($.offset, $.set);
      if (width > 0) next();
    }
  }
  note(pc);
  goTo($.miss);
});

/** Goes to the alternative that begins with the next character; without one it goes elsewhere, or fails. */
instruction("DISPATCH", "table miss:pc", ($) => {
  const unit = u[pos]!;
  let target = 0;
  if (unit < 128) target = jumps[($.table << 7) + unit]!;
  else if (pos < end) target = wide(window, program, $.table, pos);
  else if (!closed) wait();
  if (target === 0) {
    if ($.miss === 0) fail();
    note(pc);
    goTo($.miss);
  }
  pos += target & 1;
  goTo(target >> 1);
});

/** Goes to the next alternative of a long choice whose text is here or may still come; without one it goes elsewhere. */
instruction("WORDS", "words from:int none:pc", ($) => {
  const words = program.words[$.words]!;
  const alternative = words.find(u, pos, end, closed, $.from);
  goTo(alternative < 0 ? $.none : words.targets[alternative]!);
});

/** Records that the instruction at a place of the code failed here. */
instruction("GIVE_UP", "of:pc", ($) => {
  note($.of);
  next();
});
