// The nodes of the twin that read input themselves.
import type { Leaf, NodeOf } from "../../../src/grammar/node.ts";
import { unitsOf } from "./source.ts";
import { good, type Reply, type State } from "./state.ts";

type CharSet = NodeOf<"set">["set"];
type Dfa = NodeOf<"longest">["dfa"];

export function fixed(state: State, wanted: readonly number[], name: string): Reply {
  return state.input.has(wanted, state.at) ? state.read(state.at + wanted.length) : state.expected(name);
}

export function hex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

export function character(state: State, set: CharSet): Reply {
  const end = endOfCharacter(state, set, state.at);
  return end === undefined ? state.expected(`class:${set.description}`) : state.read(end);
}

export function span(state: State, set: CharSet, min: 0 | 1): Reply {
  let end = state.at;
  for (let next = endOfCharacter(state, set, end); next !== undefined; next = endOfCharacter(state, set, end))
    end = next;
  return end === state.at && min === 1 ? state.expected(`class:${set.description}`) : state.read(end);
}

function endOfCharacter(state: State, set: CharSet, at: number): number | undefined {
  const found = state.input.characterAt(at);
  return found !== undefined && set.has(found.codePoint) ? found.end : undefined;
}

export function until(state: State, text: string): Reply {
  const wanted = unitsOf(text);
  for (let end = state.at; end <= state.input.length; end += 1) {
    if (state.input.has(wanted, end)) return state.read(end);
  }
  state.at = state.input.length;
  return state.expected(`token:${text}`);
}

/** Every end is tried, the farthest first. */
export function longest(state: State, dfa: Dfa): Reply {
  for (let end = state.input.length; end >= state.at; end -= 1) {
    if (acceptsAll(state, dfa, dfa.start, state.at, end)) return state.read(end);
  }
  return state.expected(`custom:${dfa.description}`);
}

function acceptsAll(state: State, dfa: Dfa, here: number, at: number, end: number): boolean {
  if (at >= end) return at === end && here >= dfa.accepting;
  const found = state.input.characterAt(at);
  const to = found === undefined ? -1 : (dfa.next[here + dfa.columnOf(found.codePoint)] ?? -1);
  return found !== undefined && to >= 0 && acceptsAll(state, dfa, to, found.end, end);
}

export function take(state: State, length: number): Reply {
  const end = state.at + length;
  return end > state.input.length ? state.expected(`custom:${bytesSaid(length)}`) : state.readBytes(end);
}

export function bytesSaid(count: number): string {
  return count === 1 ? "1 byte" : `${count} bytes`;
}

export const COUNTED = "custom:as many bytes as the length says";

/** As many as a length says that was read before. */
export function takeCount(state: State, length: number): Reply {
  const end = state.at + length;
  if (end <= state.input.length) return state.readBytes(end);
  const there = state.input.span(state.at, state.input.length);
  return state.leaf([COUNTED], () => state.refused({ code: "E1001", message: "too few", at: there }));
}

/** As many, handed out as they come: it fails where the input ends. */
export function passed(state: State, length: number, name: string): Reply {
  const end = state.at + length;
  if (end <= state.input.length) return state.readBytes(end);
  state.at = state.input.length;
  return state.expected(name);
}

/** A value that so many units stand for; what they stand for is held against `DataView` elsewhere. */
export function read(state: State, { name, width, measure, read: value }: NodeOf<"read">["format"]): Reply {
  const rest = state.input.rest(state.at);
  const taken = width > 0 ? width : measure(rest, 0, rest.length);
  if (taken > rest.length) return state.expected(`custom:${name}`);
  state.at += taken;
  return good(value(rest, 0, taken));
}

interface Scanned {
  readonly kind: string;
  readonly value?: unknown;
  readonly to?: number;
  readonly at?: number;
  readonly state?: unknown;
}

/** A leaf of the user's: it sees all that is left, so it has no reason to ask for more; if it does, it is asked again. */
export function primitive(state: State, leaf: Leaf): Reply {
  let own = leaf.start;
  let from = state.at;
  for (;;) {
    const said = leaf.scan({ text: state.input.restAsText(from), from: 0, ended: true }, own) as Scanned;
    const to = from + (said.to ?? 0);
    if (said.kind === "matched") {
      state.at = to;
      return good(said.value);
    }
    if (said.kind === "failed" || to === from) {
      if (said.at !== undefined) state.at = from + said.at;
      return state.expected(`custom:${leaf.name}`);
    }
    own = said.state;
    from = to;
  }
}
