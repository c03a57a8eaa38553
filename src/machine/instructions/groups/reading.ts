// Reading: units, classes of characters, fixed lengths, automata, leaves of the user's.

/** Reads this unit. */
instruction("CHAR", "char", ($) => {
  if (u[pos]! === $.char) {
    pos++;
    next();
  }
  waitAtEnd();
  fail();
});

/** Reads one character of a set. */
instruction("SET", "set", ($) => {
  const kind = cls[$.offset + u[pos]!]!;
  if ((kind & $.bit) !== 0) {
    pos++;
    next();
  }
  if (kind < 128) fail();
  if (pos === end) {
    if (closed) fail();
    wait();
  }
  askMember($.offset, $.set);
  if (width === 0) fail();
  pos += width;
  next();
});

/** Reads characters of a set, as many as there are. */
instruction("SPAN", "set", ($) => {
  const offset = $.offset;
  const bit = $.bit;
  skipMembers(offset, bit, $.set);
  waitAtEnd();
  next();
});

/** Reads up to a fixed text; fails at the end of the input. */
instruction("UNTIL", "leaf", ($) => {
  const place = find(window, program.leaves[$.leaf]!, pos);
  pos = place < 0 ? ~place : place;
  if (place >= 0) next();
  if (!closed) wait();
  pos = end;
  fail();
});

/** Takes so many units; MORE goes on where they are not all here. */
instruction("TAKE", "int", ($) => {
  const length = code[pc]! === OP.TAKE ? $.int : (val as number);
  const more = pc + width.TAKE;
  if (end - pos >= length) {
    val = window.bytes(pos, pos + length);
    pos += length;
    goTo(more + width.MORE);
  }
  needPlaces();
  if (closed && (code[pc]! === OP.TAKE || $.int === 0)) fail();
  pushLeaf({ state: length });
  goTo(more);
});

/** Takes as many units as the value says; 1: the value is a length that was read, which is reported where there are fewer units. */
sameBody("TAKE_COUNT", "int", "TAKE");

/** Goes on with TAKE. */
instruction("MORE", "", () => {
  needFrame();
  const start = (top.LEAF.began - base) | 0;
  const length = top.LEAF.state as number;
  if (end - start < length) {
    pos = end;
    if (!closed) wait();
    const taking = top.LEAF.instruction;
    if (code[taking]! === OP.TAKE_COUNT && of(taking).TAKE_COUNT.int === 1)
      setProblem(m, fp, tooFew(m, top.LEAF.began, length));
    fail();
  }
  pos = start + length;
  val = window.bytes(start, pos);
  far = farAt(top.LEAF.outerFar);
  m.unmark(fp);
  pop();
  next();
});

/** Reads a value of a binary format. */
instruction("READ", "const", ($) => {
  const format = constants[$.const] as Format;
  const width = format.width > 0 ? format.width : format.measure(u, pos, end);
  if (end - pos < width) {
    if (closed) fail();
    wait();
  }
  val = format.read(u, pos, width);
  pos += width;
  next();
});

/** Begins a leaf of the user's; SCAN asks its function. */
instruction("PRIMITIVE", "leaf", ($) => {
  needPlaces();
  pushLeaf({ state: program.leaves[$.leaf]!.leaf!.start });
  m.wanted = program.leaves[$.leaf]!.leaf!.least ?? 0;
  next();
});

/** Asks the function of a leaf what it makes of the text that is here. */
instruction("SCAN", "leaf", ($) => {
  needFrame();
  waitAtEnd();
  const scan = readScan(program.leaves[$.leaf]!.leaf!, top.LEAF.state, pos, window);
  if (scan.kind === "more") {
    top.LEAF.state = scan.state;
    pos = scan.to;
    m.wanted = scan.min;
    wait();
  }
  if (scan.kind === "failed" && scan.at < 0) fail();
  far = farAt(top.LEAF.outerFar);
  m.unmark(fp);
  pop();
  if (scan.kind === "failed") {
    pos = scan.at;
    pc -= width.PRIMITIVE;
    fail();
  }
  pos = scan.to;
  val = scan.value;
  next();
});

/** Reads the longest match of an automaton; the number says whether its text is wanted. */
instruction("LONGEST", "leaf int", ($) => {
  const dfa = program.leaves[$.leaf]!.dfa!;
  const place = longest(window, dfa, pos, dfa.start, dfa.nullable ? pos : -1);
  if (place >= 0) {
    if ($.int !== 0) val = textOf(pos, place);
    pos = place;
    pc += width.LONGEST + width.LONGER;
    again();
  }
  if (place !== UNDECIDED) fail();
  // the chunk ends inside: the frame keeps how far it came
  needPlaces();
  pushLeaf({ match: progress.match < 0 ? -1 : base + progress.match, state: progress.state });
  pos = end;
  pc += width.LONGEST;
  wait();
});

/** Goes on with LONGEST. */
instruction("LONGER", "leaf int", ($) => {
  needFrame();
  const dfa = program.leaves[$.leaf]!.dfa!;
  const match = top.LEAF.match < 0 ? -1 : (top.LEAF.match - base) | 0;
  const place = longest(window, dfa, pos, top.LEAF.state as number, match);
  if (place === UNDECIDED) {
    top.LEAF.state = progress.state;
    top.LEAF.match = progress.match < 0 ? -1 : base + progress.match;
    pos = end;
    wait();
  }
  if (place < 0) fail();
  if ($.int !== 0) {
    const start = (top.LEAF.began - base) | 0;
    val = textOf(start, place);
  }
  far = farAt(top.LEAF.outerFar);
  m.unmark(fp);
  pop();
  pos = place;
  next();
});

/** Succeeds at the end of the input. */
instruction("EOF", "", () => {
  if (pos < end) fail();
  if (!closed) wait();
  next();
});

/** Fails, with a message if its place in the code has one. */
instruction("FAIL", "", () => {
  if (program.problems.has(pc)) {
    refuse(program.problems.get(pc)!);
  } else if (pos === far && stale === 0 && pos !== labelAt && program.isBare(pc)) pc = 0;
  fail();
});

/** As FAIL, of a label whose test has recorded the same failure. */
sameBody("MISSED", "", "FAIL");

/** Goes on with a failure that is recorded already. */
instruction("REFAIL", "", () => {
  pc = 0;
  fail();
});

/** As REFAIL, of a scope that is no alternative. */
sameBody("SCOPE_END", "", "REFAIL");
