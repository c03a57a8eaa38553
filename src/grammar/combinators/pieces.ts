// Text that is handed out while it is read.
import * as make from "../make.ts";
import type { Node } from "../node.ts";
import { nodeOf, Parser } from "../parser.ts";

/**
 * What `p` reads, handed out in pieces: while streaming, what has been read leaves at the end of each chunk, so that a text of
 * any size is never held. Put together, the pieces are the text of `p`, wherever the chunks end; `run` emits it as one piece.
 * No piece is empty, and none ends within a surrogate pair. Neither `maxTokenUnits` nor `maxBufferedUnits` counts them, since
 * nothing is kept; an `attempt` or a look-ahead around it keeps its text all the same, and holds the pieces back.
 *
 * What was handed out can't be taken back: where `p` fails, all that was read before the failure has left, and a `takeBytes` or
 * `lengthPrefixed` that finds too few bytes fails where the input ends, consumed.
 *
 * The value of `pieces(p)` is a number, so a repetition of it is `skipMany`, which emits the pieces alone. `each` would emit these numbers
 * beside them.
 *
 * @param p `takeWhile`, `takeWhile1`, `takeUntil`, `takeBytes` or `lengthPrefixed`, also under a label or a rule: what never goes
 * back into its text.
 * @returns a parser whose value is how many units (UTF-16 code units, or bytes in binary) were read.
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
