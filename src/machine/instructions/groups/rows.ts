// Super-instructions: one instruction for a common row of plain ones, which stay beneath it in the code. Where it can't do the
// whole row (the chunk ends inside, a character is unusual), it does a part and goes on with the plain code.

/** A fixed text, by comparing its units; after a word that stands for a constant, the space and the return too. */
superInstruction("TEXT", "LEAF", "leaf", ($) => {
  const text = program.leaves[$.leaf]!.units;
  const length = text.length;
  let i = 0;
  while (i < length && u[pos + i]! === text[i]!) i++;
  if (i === length) {
    pos += length;
    pc += width.LEAF + width.LEAF_END + width.CHAR * length;
    if (code[pc]! !== OP.SPAN) again();
    const offset = here.SPAN.offset;
    const bit = here.SPAN.bit;
    skipRuns(offset, bit);
    if (!known(offset)) again();
    pc += width.SPAN;
    if (code[pc]! !== OP.CONST) again();
    val = constants[here.CONST.const];
    pc += width.CONST;
    if (code[pc]! === OP.RET && sp > 0) pc = st[--sp]!;
    again();
  }
  if (pos + i < end || closed) fail();
  // the chunk ends inside: on with the single characters beneath
  needPlaces();
  pushLeaf({});
  pos += i;
  pc += width.LEAF + width.CHAR * i;
  wait();
});

/** One character as a text. */
superInstruction("SET_VALUE", "MARK SET SLICE", "", ($) => {
  const kind = cls[$.SET.offset + u[pos]!]!;
  let width = 1;
  if ((kind & $.SET.bit) === 0) {
    if (kind < 128) fail();
    if (pos === end) {
      if (closed) fail();
      wait();
    }
    width = member(window, classes, $.SET.offset, $.SET.set, pos);
    cls = classes.table;
    if (width === 0) fail();
  }
  val = pos >= shift ? text.slice(pos - shift, pos - shift + width) : window.slice(pos, pos + width);
  pos += width;
  next();
});

/** Characters of a set as a text; with the unit that ends it and what comes after it, where that is one instruction. */
superInstruction("SPAN_VALUE", "MARK SPAN SLICE", "char next:pc", ($) => {
  const start = pos;
  const offset = $.SPAN.offset;
  const bit = $.SPAN.bit;
  skipMembers(offset, bit, $.SPAN.set);
  if (pos === end && !closed) {
    needPlacesFrom(start);
    if ($.char >= 0) {
      failure.quoteAt = base + start - 1;
      failure.quotePc = pc;
    }
    suspendText(start, place.SPAN);
  }
  val = textOf(start, pos);
  if (u[pos]! !== $.char) {
    if ($.char >= 0) {
      failure.quoteAt = base + start - 1;
      failure.quotePc = pc;
    }
    next();
  }
  pos++;
  pc = $.next;
  endToken();
});

/** Characters of a set, at least one, as a text. */
superInstruction("SPAN1_VALUE", "MARK SET SPAN SLICE", "", ($) => {
  const start = pos;
  const offset = $.SPAN.offset;
  const bit = $.SPAN.bit;
  skipMembers(offset, bit, $.SPAN.set);
  if (pos === start) {
    waitAtEnd();
    fail();
  }
  if (pos === end && !closed) {
    needPlacesFrom(start);
    suspendText(start, place.SPAN);
  }
  val = textOf(start, pos);
  next();
});

/** A decimal number without an exponent, all of which is here. */
superInstruction("DECIMAL", "MARK", "digit:pc end:pc", ($) => {
  const negative = u[pos]! === 45;
  const number = decimal(u, negative ? pos + 1 : pos);
  const i = reached.end;
  const plain = i > 0 && i < end && i - pos < 300 && !window.binary && (u[i]! | 32) !== 101;
  if (plain && (far === QUIET || (i > far && i !== labelAt))) {
    val = Number.isNaN(number) ? Number(window.slice(pos, i)) : negative ? -number : number;
    const dot = reached.dot >= 0;
    if (far !== QUIET) {
      far = i;
      farPc = dot ? $.end : $.digit;
      farPc2 = dot ? 0 : $.end;
      failure.shared = NONE;
      farRule = rule;
      stale = 0;
      left = 0;
    }
    pos = i;
    pc = of($.end).TEST_SET.miss + width.SLICE + width.MAP;
    endToken();
  }
  needPlaces();
  m.mark(sp, base + pos);
  push(FRAME.MARK, { began: base + pos, outerFar: base + far });
  pc += width.MARK;
  again();
});

/** The number that a text stands for. */
superInstruction("SLICE_NUMBER", "SLICE MAP", "", () => {
  needFrame();
  pop();
  const start = (popped.MARK.began - base) | 0;
  const negative = u[start]! === 45;
  const number = window.binary ? Number.NaN : decimal(u, negative ? start + 1 : start);
  if (Number.isNaN(number) || reached.end !== pos) val = Number(window.slice(start, pos));
  else val = negative ? -number : number;
  if (m.textMark === sp) m.textMark = NONE;
  pc += place.after;
  endToken();
});

/** Space, and a return. */
superInstruction("SPAN_RET", "SPAN RET", "set", ($) => {
  const offset = $.offset;
  const bit = $.bit;
  for (;;) {
    skipRuns(offset, bit);
    if (known(offset) || pos === end) break;
    askMember(offset, $.set);
    if (width === 0) break;
    pos += width;
  }
  waitAtEnd();
  needTop();
  goTo(st[--sp]!);
});

/** A test for a unit, and the space after it. */
superInstruction("TEST_CHAR_SPAN", "TEST_CHAR SPAN", "char miss:pc", ($) => {
  if (u[pos]! !== $.char) {
    waitAtEnd();
    note(pc);
    goTo($.miss);
  }
  pos++;
  skipSpace($.SPAN.offset, $.SPAN.bit, place.SPAN);
  next();
});

/** One character of a set, and more of them. */
superInstruction("SET_SPAN", "SET SPAN", "set", ($) => {
  const kind = cls[$.offset + u[pos]!]!;
  if ((kind & $.bit) === 0) {
    if (kind < 128) fail();
    if (pos === end) {
      if (closed) fail();
      wait();
    }
    askMember($.offset, $.set);
    if (width === 0) fail();
    pos += width;
    pc += place.SPAN;
    again();
  }
  pos++;
  const offset = $.SPAN.offset;
  const bit = $.SPAN.bit;
  skipAll(offset, bit);
  pc += known(offset) ? place.after : place.SPAN;
  again();
});

/** A rule that is a list in brackets: its frame, the opener, the space, and the list's frame. */
superInstruction("RULE_OPEN_LIST", "RULE, BRACKET SPAN LIST", "to:pc rule", ($) => {
  needPlaces();
  const entry = $.to;
  push(FRAME.RULE, { began: base + pos, outer: sp - rule, returnTo: pc + width.RULE, entry: program.rules[$.rule] });
  rule = fp;
  pc = entry;
  if (u[pos]! !== $.BRACKET.char) again();
  lowerHeld();
  push(FRAME.OPENED, { began: base + pos, opener: ~entry });
  cut = 1;
  cutRecord();
  pos++;
  skipSpace($.SPAN.offset, $.SPAN.bit, place.SPAN);
  push(FRAME.LIST, {});
  goTo(entry + place.after);
});

/** The end of such a rule, of an array. */
superInstruction("LIST_END_CLOSE", "LIST_END CHAR SPAN CLOSE RULE_RET", "", ($) => {
  needFrame();
  val = code[pc]! === OP.LIST_END_CLOSE ? arrayOf(vals, fp + 2, sp) : recordOf(vals, fp + 2, sp);
  pop();
  const outer = fp < 0 || m.holding ? -1 : fp - (st[fp]! >> 1);
  if (u[pos]! !== $.CHAR.char || outer < 0) {
    pc += place.CHAR;
    again();
  }
  pos++;
  skipSpace($.SPAN.offset, $.SPAN.bit, place.SPAN);
  cut = st[fp]! & 1;
  sp = outer;
  closeRule();
  fp = sp - (st[sp]! >> 1);
  pc = popped.RULE.returnTo | 0;
  if (code[pc]! === OP.RET && sp > 0) pc = st[--sp]!;
  again();
});

/** The end of such a rule, of an object. */
sameBody("RECORD_END_CLOSE", "", "LIST_END_CLOSE", "RECORD_END CHAR SPAN CLOSE RULE_RET");

/** The next element of a list: adds the value, reads the separator and the space after it. */
superInstruction("ADD_TEST_CHAR_SPAN", "ADD TEST_CHAR SPAN JUMP", "to:pc", ($) => {
  needPlaces();
  vals[sp++] = val;
  if (u[pos]! !== $.TEST_CHAR.char) {
    pc += place.TEST_CHAR;
    waitAtEnd();
    note(pc);
    goTo(here.TEST_CHAR.miss);
  }
  pos++;
  skipSpace($.SPAN.offset, $.SPAN.bit, place.SPAN);
  pc = $.JUMP.to;
  // what follows most separators is done without a turn of the loop
  if (code[pc]! === OP.CALL_DISPATCH && sp < cap) {
    dispatch();
  }
  if (code[pc]! !== OP.CHAR || u[pos]! !== here.CHAR.char) again();
  pos++;
  pc += width.CHAR;
  if (code[pc]! !== OP.KEY) again();
  fallsInto(OP.KEY);
});

/** As SPAN_VALUE, of a text that names a property: it is guessed from the last one, and made but once. */
superInstruction("KEY", "MARK SPAN SLICE", "char next:pc", ($) => {
  const start = pos;
  const guess = keys.last.next;
  const name = guess.units;
  const length = name.length;
  const set = program.sets[$.SPAN.set]!;
  let same = -1;
  if (guess.set === set && start + length < end) {
    same = 0;
    while (same < length && u[start + same]! === name[same]!) same++;
  }
  const unit = u[start + length]!;
  if (same === length && (unit === $.char || (cls[$.SPAN.offset + unit]! & ($.SPAN.bit | 128)) === 0)) {
    keys.last = guess;
    val = guess.text;
    pos = start + length;
  } else {
    const offset = $.SPAN.offset;
    const bit = $.SPAN.bit;
    let hash = 0;
    for (;;) {
      let unit = u[pos]!;
      while ((cls[offset + unit]! & bit) !== 0) {
        hash = (Math.imul(hash, 31) + unit) | 0;
        unit = u[++pos]!;
      }
      if (cls[offset + unit]! < 128 || pos === end) break;
      askMember(offset, $.SPAN.set);
      if (width === 0) break;
      hash = (Math.imul(hash, 31) + unit) | 0;
      pos += width;
    }
    if (pos === end && !closed) {
      needPlacesFrom(start);
      failure.quoteAt = base + start - 1;
      failure.quotePc = pc;
      suspendText(start, place.SPAN);
    }
    val = keyAt(keys, window, start, pos, hash, set);
  }
  if (u[pos]! === $.char) {
    pos++;
    pc = $.next;
  } else {
    failure.quoteAt = base + start - 1;
    failure.quotePc = pc;
    pc += place.after;
  }
  if (code[pc]! !== OP.SPAN_PUSH_CHAR_SPAN) again();
  fallsInto(OP.SPAN_PUSH_CHAR_SPAN);
});

/** The space after a key, the key put on the stack, what separates it from its value, and the space after that. */
superInstruction("SPAN_PUSH_CHAR_SPAN", "SPAN PUSH CHAR SPAN", "set", ($) => {
  needPlaces();
  const offset = $.offset;
  const bit = $.bit;
  skipMembers(offset, bit, $.set);
  waitAtEnd();
  vals[sp++] = val;
  if (u[pos]! !== $.CHAR.char) {
    pc += place.CHAR;
    again();
  }
  pos++;
  skipSpace($.SPAN2.offset, $.SPAN2.bit, place.SPAN2);
  pc += place.after;
  if (code[pc]! !== OP.CALL_DISPATCH) again();
  fallsInto(OP.CALL_DISPATCH);
});

/** A call of a choice by its first character: goes to the alternative at once. */
superInstruction("CALL_DISPATCH", "CALL, DISPATCH", "to:pc", () => {
  needPlaces();
  dispatch();
});
