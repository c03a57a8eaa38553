// Control: where the program goes on, calls and rules.

/** The end of a program: of the run's own, or of one that a function returned. */
instruction("HALT", "", () => {
  needFrame();
  leave(st[fp + 1]! === FRAME.RUN ? STATUS.DONE : STATUS.LEAVE);
});

/** Goes on elsewhere. */
instruction("JUMP", "to:pc", ($) => {
  goTo($.to);
});

/** Calls code that ends with RET. */
instruction("CALL", "to:pc", ($) => {
  needPlaces();
  st[sp++] = pc + width.CALL;
  goTo($.to);
});

/** Returns from CALL. */
instruction("RET", "", () => {
  needTop();
  goTo(st[--sp]!);
});

/** Calls the code of a rule, and records that the rule is open. */
instruction("RULE", "to:pc rule", ($) => {
  needPlaces();
  push(FRAME.RULE, { began: base + pos, outer: sp - rule, returnTo: pc + width.RULE, entry: program.rules[$.rule] });
  rule = fp;
  goTo($.to);
});

/** Returns from RULE. */
instruction("RULE_RET", "", () => {
  needFrame();
  sp = fp;
  if (code[pc]! === OP.RULE_RET_TAIL) m.tail = tailInRule(m.tail, popped.RULE.entry as RuleEntry, popped.RULE.began);
  closeRule();
  fp = sp - (st[sp]! >> 1);
  goTo(popped.RULE.returnTo | 0);
});

/** As RULE_RET, of a rule in which something is put by. */
sameBody("RULE_RET_TAIL", "", "RULE_RET");

/** Puts code by until a value has left: what can only be skipped behind it. */
instruction("PUT_BY", "code:pc", ($) => {
  m.tail = putBy(m.tail, program, $.code);
  next();
});

/** Runs what is put by, in the rules that it stands in, then goes on elsewhere. */
instruction("TAIL", "to:pc", ($) => {
  if (m.tail === undefined) goTo($.to);
  if (m.tail.program !== program) leave(STATUS.TAIL);
  // room for the rules that a diagnostic names
  if (sp + 3 * CONTEXT >= cap) leave(STATUS.GROW);
  // the rules around it are open again; the one that is left last comes back here
  let back = pc;
  for (let left = m.tail.rules; left !== undefined; left = left.inner) {
    push(FRAME.RULE, { began: left.start, outer: sp - rule, returnTo: back, entry: left.entry });
    rule = fp;
    back = program.leave;
  }
  st[sp++] = back;
  pc = m.tail.pc;
  m.tail = m.tail.next;
  if (m.breaksOff) leave(STATUS.EMITTED);
  again();
});

/** Goes to a parser that has a program of its own; the number says what of its value is wanted. */
instruction("LINK", "parser int", () => {
  leave(STATUS.LINK);
});

/** Enters the parser that a function makes of the value. */
instruction("BIND", "function space", () => {
  leave(STATUS.ENTER);
});

/** Ends the run with E4001: a parser enters itself before it has read anything. 1: a rule does if it is open here already. */
instruction("LEFT_RECURSION", "message int", ($) => {
  if ($.int === 1 && !isOpenHere(m.stack, rule)) next();
  m.fatal("E4001", program.messages[$.message] ?? "", base + pos);
  leave(STATUS.FATAL);
});
