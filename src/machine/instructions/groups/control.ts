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
  if (code[pc]! === OP.RULE_RET_DEFERRED)
    m.deferred = insideRule(m.deferred, popped.RULE.entry as RuleEntry, popped.RULE.began);
  closeRule();
  fp = sp - (st[sp]! >> 1);
  goTo(popped.RULE.returnTo | 0);
});

/** As RULE_RET, of a rule in which code was deferred. */
sameBody("RULE_RET_DEFERRED", "", "RULE_RET");

/** Defers code until a value has left: the code reads what can only be skipped behind the value. */
instruction("DEFER", "code:pc", ($) => {
  m.deferred = defer(m.deferred, program, $.code);
  next();
});

/** Runs the deferred code, inside the rules that it belongs to, then goes on elsewhere. */
instruction("RUN_DEFERRED", "to:pc", ($) => {
  if (m.deferred === undefined) goTo($.to);
  if (m.deferred.program !== program) leave(STATUS.RUN_DEFERRED);
  // room for the rules that a diagnostic names
  if (sp + 3 * CONTEXT >= cap) leave(STATUS.GROW);
  // the rules around it are open again; the one that ends last comes back here
  let back = pc;
  for (let left = m.deferred.rules; left !== undefined; left = left.inner) {
    push(FRAME.RULE, { began: left.start, outer: sp - rule, returnTo: back, entry: left.entry });
    rule = fp;
    back = program.deferredEnd;
  }
  st[sp++] = back;
  pc = m.deferred.pc;
  m.deferred = m.deferred.next;
  if (m.breaksOff) leave(STATUS.EMITTED);
  again();
});

/** Goes to a parser that has a program of its own; the number says which value is wanted of it. */
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
