// Whether a parser takes a text: what it answers on every input that begins so, decided by the grammar alone. No function of
// the user's is called but predicates; of a judge only what it is known to accept.
import { deref } from "../../../grammar/lazies.ts";
import { type Node, type RepeatNode, wrapped } from "../../../grammar/node.ts";
import type { Analysis } from "../../facts/analysis.ts";

/**
 * How far a parser reads (Infinity: past the text, as far as it goes); or it "fails" empty, is "stuck" after it has read
 * something, or "held": it has read something, and then it can't be told; or it can't be told at all.
 */
type Reading = number | "fails" | "stuck" | "held" | undefined;

/** Parsers that are looked at for one text. */
const MOST_STEPS = 1000;

/** "surely": it succeeds on inputs that begin with the text; "finally": it doesn't fail empty, so that nothing is tried after it. */
export function takes(node: Node, text: string, analysis: Analysis): "surely" | "finally" | undefined {
  const reading = new Taking(text, analysis).read(node, 0);
  if (typeof reading === "number") return reading > 0 ? "surely" : undefined;
  return reading === "stuck" || reading === "held" ? "finally" : undefined;
}

class Taking {
  readonly #text: string;
  readonly #analysis: Analysis;
  #steps = 0;

  constructor(text: string, analysis: Analysis) {
    this.#text = text;
    this.#analysis = analysis;
  }

  read(node: Node, at: number): Reading {
    if (++this.#steps > MOST_STEPS) return undefined;
    if (at > this.#text.length) {
      const { sure, nullable } = this.#analysis.of(node);
      return sure && nullable ? at : undefined;
    }
    switch (node.kind) {
      case "ok":
      case "position":
        return at;
      case "fail":
        return "fails";
      case "text":
        return this.#fixed(node.text, at);
      case "set":
        return at === this.#text.length ? undefined : this.#has(node, at) ? at + this.#width(at) : "fails";
      case "span":
        return this.#span(node, at);
      case "lazy":
        return this.read(deref(node), at);
      case "seq":
        return this.#row(node.items, at);
      case "between":
        return this.#row([node.open, node.p, node.close], at);
      case "choice":
        return this.#first(node.items, at);
      case "opt": {
        const reading = this.read(node.p, at);
        return reading === "fails" ? at : reading;
      }
      case "repeat":
        return this.#repetition(node, at);
      case "leaf":
      case "attempt":
        return empty(this.read(node.p, at));
      case "lookahead": {
        const reading = empty(this.read(node.p, at));
        return typeof reading === "number" ? at : reading;
      }
      case "notFollowedBy": {
        const reading = empty(this.read(node.p, at));
        return typeof reading === "number" ? "fails" : reading === "fails" ? at : undefined;
      }
      case "refine": {
        const reading = this.read(node.p, at);
        if (typeof reading !== "number") return node.goesBack ? undefined : reading;
        const accepted = node.accepts?.(this.#text.slice(at, reading)) === true;
        return accepted ? reading : reading > at && !node.goesBack ? "held" : undefined;
      }
      default: {
        const p = wrapped(node);
        return p === undefined ? undefined : this.read(p, at);
      }
    }
  }

  #fixed(text: string, at: number): Reading {
    const rest = this.#text.slice(at, at + text.length);
    if (rest === text) return at + text.length;
    return text.startsWith(rest) ? undefined : "fails";
  }

  #span(node: Extract<Node, { kind: "span" }>, from: number): Reading {
    let at = from;
    while (at < this.#text.length && this.#has(node, at)) at += this.#width(at);
    if (at === this.#text.length) return at > from || node.min === 0 ? Number.POSITIVE_INFINITY : undefined;
    return at === from && node.min === 1 ? "fails" : at;
  }

  #has(node: Extract<Node, { kind: "set" | "span" }>, at: number): boolean {
    try {
      return node.set.has(this.#text.codePointAt(at) as number);
    } catch {
      return false; // a predicate that throws here: its character is not taken
    }
  }

  #width(at: number): number {
    return (this.#text.codePointAt(at) as number) > 0xffff ? 2 : 1;
  }

  #row(items: readonly Node[], from: number): Reading {
    let at = from;
    for (const item of items) {
      const reading = this.read(item, at);
      if (typeof reading !== "number") {
        if (reading === "fails") return at > from ? "stuck" : reading;
        return reading === undefined && at > from ? "held" : reading;
      }
      at = reading;
    }
    return at;
  }

  #first(items: readonly Node[], at: number): Reading {
    for (const item of items) {
      const reading = this.read(item, at);
      if (reading !== "fails") return reading;
    }
    return "fails";
  }

  #repetition({ p, sep, end, min, max }: RepeatNode, from: number): Reading {
    if (end !== undefined || max === 0) return undefined;
    const isDecidable = sep === undefined && max === Number.POSITIVE_INFINITY;
    let at = from;
    for (let times = 0; ; times++) {
      const reading = this.read(p, at);
      if (reading === "fails" && times >= min) return isDecidable ? at : undefined;
      if (reading === "fails" || reading === "stuck") return at > from || reading === "stuck" ? "stuck" : "fails";
      if (typeof reading !== "number" || reading === at || !isDecidable) {
        return at > from || reading === "held" || (typeof reading === "number" && reading > at) ? "held" : undefined;
      }
      if (reading > this.#text.length) return times + 1 >= min && this.#analysis.of(p).sure ? reading : "held";
      at = reading;
    }
  }
}

/** As a leaf or an `attempt` fails: where it began. */
function empty(reading: Reading): Reading {
  return reading === "stuck" ? "fails" : reading === "held" ? undefined : reading;
}
