// A value that the parsers of one run pass on from left to right, beside the input. It is an immutable value (`Site.setState`), so a
// branch that fails takes its changes with it, and every continuation has its own. Scopes of several kinds may stand in each other:
// the state of a run has a part for each, the innermost on top.
import { described } from "../../misuse/described.ts";
import * as make from "../make.ts";
import type { Refiner } from "../node.ts";
import { nodeOf, Parser } from "../parser.ts";
import type { Site } from "../problem.ts";
import { isRefusal, type Refusal, refusedAt } from "./refine.ts";

/** What one scope keeps, and what those around it do. */
class Part {
  readonly key: object;
  readonly value: unknown;
  readonly outer: Part | undefined;

  constructor(key: object, value: unknown, outer: Part | undefined) {
    this.key = key;
    this.value = value;
    this.outer = outer;
  }
}

/** @internal What the innermost scope of `key` keeps; undefined outside of one. */
export function partOf(site: Site, key: object): Part | undefined {
  let part = site.state as Part | undefined;
  while (part !== undefined && part.key !== key) part = part.outer;
  return part;
}

/** @internal A scope begins that keeps a value under `key`. */
export function enterState(site: Site, key: object, value: unknown): void {
  site.setState(new Part(key, value, site.state as Part | undefined));
}

/** @internal The innermost scope ends, if it is one of `key`. */
export function leaveState(site: Site, key: object): void {
  const part = site.state as Part | undefined;
  if (part?.key === key) site.setState(part.outer);
}

/** @internal The innermost scope of `key` keeps `value` from now on. */
export function changeState(site: Site, key: object, value: unknown): void {
  const top = site.state as Part | undefined;
  if (top?.key === key) {
    site.setState(new Part(key, value, top.outer));
    return;
  }
  const above: Part[] = [];
  let part = top;
  for (; part !== undefined && part.key !== key; part = part.outer) above.push(part);
  let changed = new Part(key, value, part?.outer);
  for (const one of above.reverse()) changed = new Part(one.key, one.value, changed);
  site.setState(changed);
}

/**
 * A state that parsers share while they run: `scope` is where it exists, `update` reads and changes it. Make one with
 * {@link userState}.
 */
export class UserState<S> {
  readonly #initial: S;

  /** @internal */
  constructor(initial: S) {
    this.#initial = initial;
  }

  /**
   * `p`, in which the state exists. It begins as the value that `userState` was given. A scope inside another has a state of its
   * own; the one around it is back when it ends.
   */
  scope<T, E>(p: Parser<T, E>): Parser<T, E> {
    const enter: Refiner = (_, site) => enterState(site, this, this.#initial);
    const leave: Refiner = (_, site) => leaveState(site, this);
    const nothing = make.ok(undefined);
    return Parser.of(make.pick(1, make.refine(nothing, enter, false), nodeOf(p), make.refine(nothing, leave, false)));
  }

  /**
   * `p`, then `f` of its value and the state: it gives the value and the next state as a pair, or refuses with {@link refuse}, as
   * the function of {@link tryMap} does. While streaming, no text is kept for it: a refusal lies over all that `p` read, or at
   * a span.
   *
   * @param f pure: it must not change the state that it is given, since a failed branch or another continuation may go on from it.
   * @throws TypeError if `f` is not a function; while running, if it gives something else than a pair or a refusal, or if no `scope`
   * is around.
   */
  update<T, U, E>(p: Parser<T, E>, f: (value: T, state: S) => readonly [value: U, state: S] | Refusal): Parser<U, E> {
    if (typeof f !== "function")
      throw new TypeError(`update takes a function of a value and the state, got ${described(f)}`);
    const refiner: Refiner = (value, site) => {
      const part = partOf(site, this);
      if (part === undefined)
        throw new TypeError("update was run outside of the scope of its state; put it into scope(…)");
      const answer: unknown = f(value as T, part.value as S);
      if (isRefusal(answer)) return refusedAt(answer, site);
      if (!Array.isArray(answer) || answer.length !== 2)
        throw new TypeError(
          `the function given to update must give [value, state] or refuse(…), it gave ${described(answer)}`,
        );
      if (answer[1] !== part.value) changeState(site, this, answer[1]);
      return answer[0];
    };
    return Parser.of(make.refine(nodeOf(p), refiner, false));
  }
}

/**
 * A state for parsers that depend on what was read before, such as names that must be declared or must not be repeated. It is
 * passed on from left to right; what a failed branch did to it is forgotten, and a continuation that is resumed twice goes on
 * twice from the same state. A change costs one call and a small object.
 *
 * @param initial the state where a scope begins: an immutable value.
 *
 * @example
 * ```ts
 * import { refuse, run, sepBy, userState } from "sluice";
 * import { asciiIdentifier, string } from "sluice/lex";
 * const names = userState<readonly string[]>([]);
 * const name = names.update(asciiIdentifier, (text, seen) => (seen.includes(text) ? refuse(`${text} stands twice`) : [text, [...seen, text]]));
 * run(names.scope(sepBy(name, string(","))), "a,b,a").diagnostics[0]?.message; // => "a stands twice"
 * ```
 */
export function userState<S>(initial: S): UserState<S> {
  return new UserState(initial);
}
