// Alternatives that can't be taken, because an earlier one stands in their way.
import { deref } from "../../../grammar/lazies.ts";
import { type Node, type NodeOf, wrapped } from "../../../grammar/node.ts";
import type { Analysis } from "../../facts/analysis.ts";
import { WIDE } from "../../facts/first.ts";
import { shown } from "../../facts/shown.ts";
import type { Finding } from "./finding.ts";
import { takes } from "./taking.ts";

/** Beyond this many sets of characters outside ASCII, and alternatives that begin with no fixed text, no more are compared. */
const MOST_SETS = 64;

/** What is wrong with the alternatives of a choice, each of them named once. */
export function* alternatives(
  { items }: NodeOf<"choice">,
  analysis: Analysis,
  neverEmpty: ReadonlySet<Node>,
): Generator<Finding> {
  const claims = new Claims(analysis);
  for (const [i, item] of items.entries()) {
    const owner = claims.ownerOf(item);
    if (owner !== undefined) yield hidden(items, i, owner);
    if (neverEmpty.has(item) && i < items.length - 1) {
      yield unreached(items, i, analysis);
      return;
    }
    claims.add(item, i);
  }
}

/** How an earlier alternative keeps a later one from being taken. */
interface Owner {
  readonly index: number;
  /** The text at which both begin, if it is one. */
  readonly text: string | undefined;
  /** It always succeeds where the later one could begin. */
  readonly sure: boolean;
}

function unreached(items: readonly Node[], at: number, analysis: Analysis): Finding {
  const later = items.length - 2 === at ? `alternative ${items.length} is` : `alternatives from ${at + 2} on are`;
  const item = items[at] as Node;
  const always = analysis.of(item).nullable
    ? "always succeeds, or fails after it has read something"
    : "is cut from its start, so that its failure is final";
  return {
    code: "L103",
    message: `${later} never tried: alternative ${at + 1}, ${shown(item)}, ${always}`,
    help: analysis.of(item).nullable
      ? "put the alternative that can succeed without reading last, or make it read something"
      : "put the cut behind the part that tells the alternative from the others",
  };
}

function hidden(items: readonly Node[], at: number, { index, text, sure }: Owner): Finding {
  const [late, early] = [`alternative ${at + 1}, ${shown(items[at] as Node)}`, shown(items[index] as Node)];
  const earlier = `alternative ${index + 1}, ${early}`;
  if (sure) {
    const why =
      text === undefined ? "takes every character it could begin with" : `takes its beginning, ${quoted(text)}`;
    return {
      code: "L104",
      message: `${late}, is never taken: ${earlier}, ${why}`,
      help: "put the longer or more special alternative first, or remove the one that is never taken",
    };
  }
  const same = text === undefined ? "with the same characters" : `with ${quoted(text)}`;
  return {
    code: "L105",
    message: `${late}, is never taken: ${earlier}, begins ${same}, and once it has read them nothing else is tried`,
    help: "wrap the earlier alternative in attempt(…), or read what both begin with once, before the choice",
  };
}

const quoted = (text: string): string => JSON.stringify(text);

/** What the alternatives so far leave to nobody after them. */
class Claims {
  readonly #analysis: Analysis;
  /** Alternatives that read a fixed text first and never fail empty after it. */
  readonly #texts = new Map<string, Owner>();
  /** Alternatives that never fail empty after a parser has read. */
  readonly #heads = new Map<Node, Owner>();
  #longest = 0;
  /** Alternatives that never fail empty given a character, by character. */
  readonly #ascii: (Owner | undefined)[] = new Array(WIDE);
  readonly #wide: { readonly item: Node; readonly owner: Owner }[] = [];
  /** Alternatives that begin with no fixed text, but may take one. */
  readonly #open: { readonly item: Node; readonly index: number }[] = [];

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  add(item: Node, index: number): void {
    const facts = this.#analysis.of(item);
    const { text, whole, head, headWhole } = leading(item, this.#analysis, true);
    if (head !== undefined && !this.#heads.has(head))
      this.#heads.set(head, { index, text: undefined, sure: headWhole });
    if (text !== "" && !this.#texts.has(text)) {
      this.#texts.set(text, { index, text, sure: whole });
      this.#longest = Math.max(this.#longest, text.length);
    }
    if (text === "" && !facts.nullable && this.#open.length < MOST_SETS) this.#open.push({ item, index });
    if (!facts.firm || facts.nullable || facts.early) return;
    const owner: Owner = { index, text: undefined, sure: facts.sure };
    for (let c = 0; c < WIDE; c++) if (facts.first.has(c)) this.#ascii[c] ??= owner;
    if (facts.first.has(WIDE) && this.#wide.length < MOST_SETS) this.#wide.push({ item, owner });
  }

  /** Who keeps an alternative from ever being taken. */
  ownerOf(item: Node): Owner | undefined {
    const facts = this.#analysis.of(item);
    if (facts.nullable || facts.early) return undefined;
    const { text, head } = leading(item, this.#analysis, false);
    for (let length = 1; length <= Math.min(text.length, this.#longest); length++) {
      const owner = splitsPair(text, length) ? undefined : this.#texts.get(text.slice(0, length));
      if (owner !== undefined) return owner;
    }
    return (head && this.#heads.get(head)) ?? this.#ownerOfCharacters(item) ?? this.#ownerOfText(text);
  }

  /** Who takes the text that an alternative begins with, as an identifier takes a keyword. */
  #ownerOfText(text: string): Owner | undefined {
    if (text === "") return undefined;
    for (const { item, index } of this.#open) {
      const taken = takes(item, text, this.#analysis);
      if (taken !== undefined) return { index, text, sure: taken === "surely" };
    }
    return undefined;
  }

  #ownerOfCharacters(item: Node): Owner | undefined {
    const { first } = this.#analysis.of(item);
    let found: Owner | undefined;
    const take = (owner: Owner | undefined): boolean => {
      if (owner === undefined) return false;
      if (found === undefined) found = owner;
      else if (!owner.sure && found.sure) found = { ...found, sure: false };
      return true;
    };
    for (let c = 0; c < WIDE; c++) if (first.has(c) && !take(this.#ascii[c])) return undefined;
    if (first.has(WIDE) && !take(this.#ownerBeyond(item))) return undefined;
    return found;
  }

  /** Beyond ASCII only what is plainly the same, or one character, can be told. */
  #ownerBeyond(item: Node): Owner | undefined {
    if (this.#wide.length === 0) return undefined;
    const set = this.#analysis.firstSet(item);
    const only = set.single();
    return this.#wide.find(({ item: earlier }) => {
      const claimed = this.#analysis.firstSet(earlier);
      return claimed.sameAs(set) || (only !== undefined && claimed.has(only));
    })?.owner;
  }
}

/** A high half alone is not the beginning of a pair. */
function splitsPair(text: string, at: number): boolean {
  return (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}

interface Leading {
  /** The fixed text that is read first; empty if there is none. */
  readonly text: string;
  /** Nothing can fail after it. */
  readonly whole: boolean;
  /** The parser that reads first, and whether nothing can fail after it. */
  readonly head: Node | undefined;
  readonly headWhole: boolean;
}

const NONE: Leading = { text: "", whole: false, head: undefined, headWhole: false };

/** What begins deeper than this is not looked for. */
const DEEPEST = 100;

/**
 * What a parser reads first.
 *
 * @param firmly once that is read, the parser never fails empty.
 */
function leading(node: Node, analysis: Analysis, firmly: boolean, depth = 0): Leading {
  const inside = (p: Node): Leading => (depth > DEEPEST ? NONE : leading(p, analysis, firmly, depth + 1));
  const unsure = (p: Node): Leading => ({ ...inside(p), whole: false, headWhole: false });
  switch (node.kind) {
    case "text":
      return { text: node.text, whole: true, head: node, headWhole: true };
    case "lazy":
      return inside(deref(node));
    case "seq":
      return row(node.items, inside, analysis, firmly);
    case "between":
      return unsure(node.open);
    case "attempt":
      return firmly ? certain(inside(node.p)) : inside(node.p);
    case "leaf": {
      const found = inside(node.p);
      return {
        ...(firmly ? certain(found) : found),
        head: analysis.of(node).nullable ? undefined : node,
        headWhole: true,
      };
    }
    case "repeat":
      return node.min === 0 || node.end !== undefined ? NONE : unsure(node.p);
    case "refine":
      return unsure(node.p);
    default: {
      const p = wrapped(node);
      if (p !== undefined) return inside(p);
      return analysis.of(node).nullable ? NONE : { ...NONE, head: node, headWhole: true };
    }
  }
}

/** Where a failure goes back to the start, only that counts after which none can come. */
function certain({ text, whole, head, headWhole }: Leading): Leading {
  return { text: whole ? text : "", whole, head: headWhole ? head : undefined, headWhole };
}

function row(items: readonly Node[], inside: (p: Node) => Leading, analysis: Analysis, firmly: boolean): Leading {
  const [first, ...rest] = items;
  if (first === undefined) return NONE;
  let { text, whole, head, headWhole } = inside(first);
  let joined = whole && !firmly;
  for (const item of rest) {
    const facts = analysis.of(item);
    // once the first text is read the alternative may fail for good: only what must be there can be longer
    if (joined && item.kind === "text") text += item.text;
    else joined = false;
    whole &&= facts.sure && facts.nullable;
    headWhole &&= facts.sure && facts.nullable;
  }
  return { text, whole: whole && text !== "", head, headWhole };
}
