// Texts and places: what was read as one text, and where.

/** Begins a text. The operands are for the super-instructions over it: a unit that ends the text, and what follows that. */
instruction("MARK", "char next:pc", () => {
  needPlaces();
  if (m.textMark === NONE) {
    m.textMark = sp;
    m.textMarkAt = base + pos;
  }
  push(FRAME.MARK, { began: base + pos });
  next();
});

/** The value is the text since MARK. */
instruction("SLICE", "", () => {
  needFrame();
  pop();
  const start = (popped.MARK.began - base) | 0;
  val = textOf(start, pos);
  if (m.textMark === sp) m.textMark = NONE;
  next();
});

/** As SLICE, a copy of the bytes. */
instruction("SLICE_BYTES", "", () => {
  needFrame();
  pop();
  val = window.bytes((popped.MARK.began - base) | 0, pos);
  if (m.textMark === sp) m.textMark = NONE;
  next();
});

/** Begins a text that is put together of pieces; 1: the value is the first of them. */
instruction("JOIN", "int", ($) => {
  needPlaces();
  push(FRAME.JOIN, { count: 0, text: $.int === 1 ? val : "" });
  next();
});

/** Adds a piece. */
instruction("JOIN_ADD", "to:pc", ($) => {
  needFrame();
  top.JOIN.text = appended(top.JOIN.text as string, val);
  top.JOIN.count = top.JOIN.count + 1;
  if (tooLong(m, (top.JOIN.text as string).length, base + pos)) leave(STATUS.FATAL);
  goTo($.to);
});

/** As COMMIT and JOIN_ADD. */
instruction("JOIN_COLLECT", "to:pc", () => {
  if (fp < 0 || fp - (st[fp]! >> 1) < 0) leave(STATUS.THAW_FRAME);
  settleScope();
  popScope();
  fallsInto(OP.JOIN_ADD);
});

/** The value is the text. */
instruction("JOIN_END", "", () => {
  needFrame();
  val = window.copies ? apart(top.JOIN.text as string) : top.JOIN.text;
  pop();
  next();
});

/** Puts the pieces together that are in a list. */
instruction("JOIN_LIST", "", () => {
  val = joined(val);
  if (tooLong(m, (val as string).length, base + pos)) leave(STATUS.FATAL);
  next();
});

/** Begins text that is handed out while it is read; 1: of bytes, as many as the value says. */
instruction("PIECES", "int", ($) => {
  needPlaces();
  push(FRAME.PIECES, { began: base + pos, length: $.int === 1 ? (val as number) : 0, bytes: $.int });
  m.pieceAt = base + pos;
  next();
});

/** Reads the bytes of `pieces`. */
instruction("PIECES_BYTES", "", () => {
  needFrame();
  const left = top.PIECES.began + top.PIECES.length - base - pos;
  if (end - pos >= left) {
    pos = (pos + left) | 0;
    next();
  }
  pos = end;
  if (!closed) wait();
  fail();
});

/** The end of `pieces`: the rest of the text is handed out, and the value is how many units there were. */
instruction("PIECES_END", "", () => {
  needFrame();
  const left = handOut(m, pos, fp, cut);
  m.pieceAt = Number.POSITIVE_INFINITY;
  val = base + pos - top.PIECES.began;
  pop();
  pc += width.PIECES_END;
  if (left && m.emissions.full) leave(STATUS.EMITTED);
  again();
});

/** As SLICE, for the instruction that comes next and takes the frame. */
instruction("SLICED", "", () => {
  needFrame();
  const start = (top.MARK.began - base) | 0;
  val = textOf(start, pos);
  next();
});

/** Records where a value begins. */
instruction("SPANNED", "", () => {
  needPlaces();
  push(FRAME.SPANNED, { began: base + pos });
  next();
});

/** The value with its span. */
instruction("SPANNED_END", "", () => {
  needFrame();
  pop();
  val = { value: val, span: m.span(popped.SPANNED.began, base + pos, sp) };
  next();
});

/** The value is the position. */
instruction("POSITION", "", () => {
  val = m.position(base + pos);
  next();
});
