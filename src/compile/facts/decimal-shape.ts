// Recognises the usual grammars of decimal numbers (RFC 8259 §6, and most languages'), which have an instruction of their own.
import type { Node } from "../../grammar/node.ts";
import { CharSet } from "../../text/index.ts";

const digit: CharSet = /* @__PURE__ */ CharSet.fromMembers("0123456789");
const nonZero: CharSet = /* @__PURE__ */ CharSet.fromMembers("123456789");
const exponent: CharSet = /* @__PURE__ */ CharSet.fromMembers("eE");
const sign: CharSet = /* @__PURE__ */ CharSet.fromMembers("+-");

/**
 * The parts of `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`, if a node is just that; also with `[+-]?` at its
 * start, with `[0-9]+` before the fraction, and where a zero says that no digit follows it.
 */
export function decimalParts(node: Node): readonly [minus: Node, whole: Node, fraction: Node, power: Node] | undefined {
  if (node.kind !== "seq" || node.items.length !== 4) return undefined;
  const [minus, whole, fraction, power] = node.items as [Node, Node, Node, Node];
  const fits =
    isOpt(minus, (p) => isText(p, "-") || isSet(p, sign)) &&
    isWhole(whole) &&
    isOpt(fraction, (p) => isRow(p, (q) => isText(q, "."), isDigits)) &&
    isOpt(power, (p) =>
      isRow(
        p,
        (q) => isSet(q, exponent),
        (q) => isOpt(q, (r) => isSet(r, sign)),
        isDigits,
      ),
    );
  return fits ? [minus, whole, fraction, power] : undefined;
}

type Check = (node: Node) => boolean;

const isText = (node: Node, text: string): boolean => node.kind === "text" && node.text === text;
const isSet = (node: Node, set: CharSet): boolean => node.kind === "set" && node.set.sameAs(set);
const isSpan = (node: Node, min: 0 | 1): boolean => node.kind === "span" && node.min === min && node.set.sameAs(digit);
const isDigits: Check = (node) => (node.kind === "label" ? isSpan(node.p, 1) : isSpan(node, 1));
const isNoDigit: Check = (node) =>
  node.kind === "label" ? isNoDigit(node.p) : node.kind === "notFollowedBy" && isSet(node.p, digit);
const isOpt = (node: Node, check: Check): boolean => node.kind === "opt" && check(node.p);
const isRow = (node: Node, ...checks: readonly Check[]): boolean =>
  node.kind === "seq" &&
  node.items.length === checks.length &&
  node.items.every((item, i) => checks[i]?.(item) === true);

function isWhole(node: Node): boolean {
  if (isDigits(node)) return true;
  if (node.kind !== "choice" || node.items.length !== 2) return false;
  const [zero, other] = node.items as [Node, Node];
  return (
    (isText(zero, "0") || isRow(zero, (p) => isText(p, "0"), isNoDigit)) &&
    isRow(
      other,
      (p) => isSet(p, nonZero),
      (p) => isSpan(p, 0),
    )
  );
}
