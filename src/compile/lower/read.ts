// Leaves: what reads the input itself.
import type { CountedNode, Node, NodeOf } from "../../grammar/node.ts";
import { CharSet } from "../../text/index.ts";
import { bytesSaid, ownExpectation } from "../facts/expected.ts";
import type { Lowering, Want } from "./lowering.ts";
import { isOfPlainUnits, isPlainChar } from "./test.ts";

/** A fixed text: one comparison, put over single characters, between which a chunk may end. */
export function lowerText(context: Lowering, node: NodeOf<"text">, want: Want): void {
  const { asm } = context;
  const expected = () => [ownExpectation(node) ?? { kind: "eof" as const }];
  if (isPlainChar(node.text)) {
    asm.expects(asm.emit("CHAR", node.text.charCodeAt(0)), expected);
  } else if (isOfPlainUnits(node.text)) {
    asm.expects(asm.emit("TEXT", asm.leaf(node.text)), expected);
    for (let i = 0; i < node.text.length; i++) asm.emit("CHAR", node.text.charCodeAt(i));
    asm.emit("LEAF_END");
  } else {
    asm.expects(asm.emit("LEAF", asm.leaf(node.text)), expected);
    for (const char of node.text) {
      const cp = char.codePointAt(0) ?? 0;
      asm.emit("SET", ...asm.set(CharSet.fromRanges([[cp, cp]], JSON.stringify(char))));
    }
    asm.emit("LEAF_END");
  }
  if (want !== "nothing") asm.emit("CONST", asm.constant(node.text));
}

/** Fixed bytes, as a fixed text; the value is a copy of what was read. */
export function lowerBytes(context: Lowering, node: NodeOf<"bytes">, want: Want): void {
  const { asm } = context;
  if (want !== "nothing") asm.emit("MARK", -1, 0);
  const text = node.bytes.map((byte) => String.fromCharCode(byte)).join("");
  asm.expects(asm.emit("TEXT", asm.leaf(text)), () => [ownExpectation(node) ?? { kind: "eof" }]);
  for (const byte of node.bytes) asm.emit("CHAR", byte);
  asm.emit("LEAF_END");
  if (want !== "nothing") asm.emit("SLICE_BYTES");
}

/** A character of a class. Where its value is wanted, the three instructions run as one, SET_VALUE at the place of MARK, which so may fail. */
export function lowerSet(context: Lowering, node: NodeOf<"set">, want: Want): void {
  const { asm } = context;
  const expected = () => [ownExpectation(node) ?? { kind: "eof" as const }];
  if (want !== "nothing") asm.expects(asm.emit("MARK", -1, 0), expected);
  asm.expects(asm.emit("SET", ...asm.set(node.set)), expected);
  if (want !== "nothing") asm.emit("SLICE");
}

export function lowerSpan(context: Lowering, node: NodeOf<"span">, want: Want): void {
  const { asm } = context;
  const expected = () => [ownExpectation(node) ?? { kind: "eof" as const }];
  const set = asm.set(node.set);
  const one = node.min === 1;
  // a name is one run in any case: that it is not empty is tested before it
  const test = one && want === "key" ? asm.expects(asm.emit("TEST_SET", ...set, 0), expected) : 0;
  if (want !== "nothing") asm.expects(asm.emit(want === "key" ? "KEY" : "MARK", -1, 0), expected);
  if (one && want !== "key") asm.expects(asm.emit("SET", ...set), expected);
  asm.emit("SPAN", ...set);
  if (want !== "nothing") asm.emit("SLICE");
  if (test === 0) return;
  const end = asm.emit("JUMP", 0);
  asm.land(test);
  asm.expects(asm.emit("FAIL"), expected);
  asm.land(end);
}

export function lowerUntil(context: Lowering, node: NodeOf<"until">, want: Want): void {
  const { asm } = context;
  if (want !== "nothing") asm.emit("MARK", -1, 0);
  asm.expects(asm.emit("UNTIL", asm.leaf(node.text)), () => [{ kind: "token", text: node.text }]);
  if (want !== "nothing") asm.emit("SLICE");
}

/** The longest match of an automaton: at once where it lies in the window, else on with the second instruction. */
export function lowerLongest(context: Lowering, node: NodeOf<"longest">, want: Want): void {
  const { asm } = context;
  const leaf = asm.leaf(node.dfa.description, undefined, node.dfa);
  const wanted = want === "nothing" ? 0 : 1;
  asm.expects(asm.emit("LONGEST", leaf, wanted), () => [ownExpectation(node) ?? { kind: "eof" }]);
  asm.emit("LONGER", leaf, wanted);
}

/** The largest operand of the code. */
const MOST_TAKEN = 0x7fffffff;

export function lowerTake(context: Lowering, node: NodeOf<"take">, want: Want): void {
  const { asm } = context;
  keepingValue(context, want, () => {
    if (node.length > MOST_TAKEN) asm.emit("CONST", asm.constant(node.length));
    const at = node.length > MOST_TAKEN ? asm.emit("TAKE_COUNT", 0) : asm.emit("TAKE", node.length);
    asm.expects(at, () => [ownExpectation(node) ?? { kind: "eof" }]);
    asm.emit("MORE");
  });
}

export function lowerTakeCount(context: Lowering, node: NodeOf<"takeCount">, want: Want): void {
  const { asm } = context;
  keepingValue(context, want, () => {
    context.lower(node.p, "value");
    asm.expects(asm.emit("TAKE_COUNT", 1), () => [{ kind: "custom", text: "as many bytes as the length says" }]);
    asm.emit("MORE");
  });
}

export function lowerRead(context: Lowering, node: NodeOf<"read">, want: Want): void {
  const { asm } = context;
  keepingValue(context, want, () => {
    asm.expects(asm.emit("READ", asm.constant(node.format)), () => [ownExpectation(node) ?? { kind: "eof" }]);
  });
}

/**
 * Text that is handed out while it is read; no mark keeps it. The frame holds where it began, and (of bytes) how many there
 * are. Its code pushes no frame above that.
 */
export function lowerPieces(context: Lowering, node: NodeOf<"pieces">, want: Want): void {
  const { asm } = context;
  const { p } = node;
  keepingValue(context, want, () => {
    if (p.kind === "take") asm.emit("CONST", asm.constant(p.length));
    else if (p.kind === "takeCount") context.lower(p.p, "value");
    const counted = p.kind === "take" || p.kind === "takeCount";
    asm.emit("PIECES", counted ? 1 : 0);
    if (counted) {
      const own = ownExpectation(p) ?? { kind: "custom" as const, text: "as many bytes as the length says" };
      asm.expects(asm.emit("PIECES_BYTES"), () => [own]);
    } else context.lower(p, "nothing");
    asm.emit("PIECES_END");
  });
}

/** The parser inside sees the input end there: it has read everything if the end is here. */
export function lowerWithin(context: Lowering, node: NodeOf<"within">, want: Want): void {
  limited(context, node.p, want, context.asm.constant(node.length), `frame of ${bytesSaid(node.length)}`);
}

/** The same for a length that was read. */
export function lowerSized(context: Lowering, node: CountedNode, want: Want): void {
  keepingValue(context, want, () => {
    context.lower(node.count, "value");
    limited(context, node.p, want === "nothing" ? "nothing" : "value", -1);
  });
}

/** @param length the constant that says how many units; -1: the value register does. */
export function limited(context: Lowering, p: Node, want: Want, length: number, frame = "frame"): void {
  const { asm } = context;
  asm.emit("WITHIN", length);
  context.lower(p, want);
  asm.expects(asm.emit("EOF"), () => [{ kind: "custom", text: `end of the ${frame}` }]);
  asm.expects(asm.emit("WITHIN_END"), () => [{ kind: "custom", text: frame }]);
}

export function lowerPrimitive(context: Lowering, node: NodeOf<"primitive">, want: Want): void {
  const { asm } = context;
  const leaf = asm.leaf(node.leaf.name, node.leaf);
  keepingValue(context, want, () => {
    asm.expects(asm.emit("PRIMITIVE", leaf), () => [ownExpectation(node) ?? { kind: "eof" }]);
    asm.emit("SCAN", leaf);
  });
}

/** Writes code that sets the value register although its value is not wanted: the value that was there is saved. */
export function keepingValue(context: Lowering, want: Want, body: () => void): void {
  if (want === "nothing") context.asm.emit("PUSH");
  body();
  if (want === "nothing") context.asm.emit("POP");
}
