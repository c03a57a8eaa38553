// Text that is emitted while it is read.
import * as make from "../make.ts";
import type { Node } from "../node.ts";
import { nodeOf, Parser } from "../parser.ts";

/**
 * The text that `p` reads, emitted in pieces: while streaming, the part that has been read is emitted at the end of
 * each chunk, so a text of any size is never held. The concatenation of the pieces is the text of `p`, wherever the
 * chunks end; `run` emits it as one piece. No piece is empty, and none ends inside a surrogate pair. Neither
 * `maxTokenUnits` nor `maxBufferedUnits` counts them, since nothing is kept. An `attempt` or a look-ahead around it
 * still keeps its text, and holds the pieces back.
 *
 * Emitted pieces can't be taken back: if `p` fails, all that was read before the failure is already emitted. A
 * `takeBytes` or `lengthPrefixed` with too few bytes fails at the end of the input, consumed.
 *
 * The value of `pieces(p)` is a number. To repeat it, use `skipMany`, which emits only the pieces; `each` would also
 * emit these numbers.
 *
 * @param p `takeWhile`, `takeWhile1`, `takeUntil`, `takeBytes` or `lengthPrefixed`, also inside a label or a rule: a
 * parser that never goes back into its text.
 * @returns a parser whose value is the number of units (UTF-16 code units, or bytes in binary) that were read.
 * @throws TypeError if `p` is any other parser.
 *
 * @example
 * ```ts
 * import { between, pieces, run, skipMany } from "sluice";
 * import { string, takeUntil } from "sluice/lex";
 * import { parseEach } from "sluice/stream";
 * const body = between(string("<"), pieces(takeUntil(">")), string(">"));
 * const seen: string[] = [];
 * for await (const piece of parseEach(body, ["<ab", "cd", "e>"])) seen.push(piece);
 * seen; // => ["ab", "cd", "e"]
 * run(body, "<abcde>").emitted; // => ["abcde"]
 * run(skipMany(body), "<ab><c>").emitted; // => ["ab", "c"]
 * ```
 */
export function pieces<T extends string | Uint8Array, E>(p: Parser<T, E>): Parser<number, T | E> {
  return Parser.of(inPieces(nodeOf(p)));
}

function inPieces(node: Node): Node {
  switch (node.kind) {
    case "span":
    case "until":
    case "take":
    case "takeCount":
      return make.pieces(node);
    case "label":
    case "rule":
    case "doc":
      return { ...node, p: inPieces(node.p) };
    default:
      throw new TypeError(
        "pieces takes takeWhile, takeWhile1, takeUntil, takeBytes or lengthPrefixed, which never go back into their text; " +
          "for other parsers emit each part: many(emit(…))",
      );
  }
}
