// A run on an input that is complete.
import * as make from "../grammar/make.ts";
import type { Node } from "../grammar/node.ts";
import { nodeOf, type Parser } from "../grammar/parser.ts";
import { Machine, type MachineOptions } from "../machine/index.ts";
import { described } from "../misuse/described.ts";
import { LineIndex, type Position, type Span, unitsOf } from "../text/index.ts";
import { type Bytes, bytesOf } from "./bytes.ts";
import { checkConfig, checkpointOf, type RunConfig, traceOf, triviaProfileOf } from "./config.ts";
import { resultOf } from "./ended.ts";
import { limitsOf } from "./limits.ts";
import { recoverOf } from "./recovery.ts";
import { wholeText } from "./report/kept-text.ts";
import type { ParseResult } from "./result.ts";

const DETACHED = "the input's buffer was transferred away; run the parser before its buffer is";

const complete = new WeakMap<Node, Node>();

/** @internal The parser of a run with `requireEof`: the parser and then the end of the input. */
export function rootOf(p: Parser<unknown, unknown>, requireEof: boolean): Node {
  const node = nodeOf(p);
  if (!requireEof) return node;
  let root = complete.get(node);
  if (root === undefined) {
    root = make.pick(0, node, { kind: "eof" });
    complete.set(node, root);
  }
  return root;
}

function parseWhole<T, E>(
  p: Parser<T, E>,
  given: string | Bytes,
  config: RunConfig,
  requireEof: boolean,
): { readonly result: ParseResult<T, E>; readonly machine: Machine; readonly input: string | Uint8Array } {
  const input = typeof given === "string" ? given : bytesOf(given, DETACHED);
  if (input === undefined) {
    throw new TypeError(`the input is a string or a Uint8Array, got ${described(given)}`);
  }
  checkConfig(config);
  const binary = config.input === "binary";
  if (binary && typeof input === "string") throw new TypeError(`with input: "binary" the input is a Uint8Array`);
  const { locale, source } = config;
  const options: MachineOptions = {
    binary,
    whole: typeof input === "string",
    decode: config.decode ?? "fatal",
    source,
    locale,
    from: checkpointOf(config),
    mostEmitted: Number.POSITIVE_INFINITY,
    triviaProfile: triviaProfileOf(config),
    recover: recoverOf(config, wholeText),
    trace: traceOf(config),
    limits: limitsOf(config.limits),
  };
  const machine = Machine.start(rootOf(p, requireEof), options, input.length);
  machine.input.write(input);
  machine.input.end();
  const status = machine.step();
  const { start, offset: end } = machine;
  const spanOf =
    typeof input === "string"
      ? spanIn(input, machine.input.hadByteOrderMark, start, end, source)
      : spanAmong(machine.positions, start, end, source);
  const emitted = machine.emissions.take() as E[];
  const result = resultOf<T, E>(machine, status, emitted, spanOf, wholeText);
  if (typeof input === "string") machine.window.release();
  return { result, machine, input };
}

/** The span in a text. It keeps the text, but not the machine, since there may be many results. */
function spanIn(text: string, mark: boolean, start: Position, end: number, source: string | undefined): () => Span {
  return () => {
    const lines = mark ? new LineIndex({ offset: 1, byteOffset: 3, line: 1, column: 1 }) : new LineIndex();
    const span = { start, end: lines.at(unitsOf(text), end) };
    return source === undefined ? span : { source, ...span };
  };
}

function spanAmong(places: Machine["positions"], start: Position, end: number, source: string | undefined): () => Span {
  return () => {
    const span = { start, end: places.at(end) };
    return source === undefined ? span : { source, ...span };
  };
}

/**
 * Runs a parser on a whole input.
 *
 * @param input text, UTF-8 bytes, or with `input: "binary"` bytes as they are. Bytes are a `Uint8Array`, or any other
 * object that contains bytes, of any realm: a `DataView`, an `ArrayBuffer`.
 * @returns a value or diagnostics; a parse error is never thrown.
 * @throws TypeError if `p` is not a parser, the input has the wrong type, or the configuration is wrong; and whatever a
 * function of the grammar throws.
 *
 * @example
 * ```ts
 * import { run } from "sluice";
 * import { string } from "sluice/lex";
 * run(string("a"), "a").ok; // => true
 * ```
 */
export function run<T, E>(p: Parser<T, E>, input: string | Bytes, config: RunConfig = {}): ParseResult<T, E> {
  return parseWhole(p, input, config, config?.requireEof ?? true).result;
}

/**
 * Runs a parser on the beginning of an input and returns what it did not read.
 *
 * @returns the result, and `rest`, the input from where the parser ended; no `rest` if there is no value.
 * @throws as `run`.
 *
 * @example
 * ```ts
 * import { runPartial } from "sluice";
 * import { string } from "sluice/lex";
 * runPartial(string("a"), "abc").rest; // => "bc"
 * ```
 */
export function runPartial<T, E>(
  p: Parser<T, E>,
  input: string | Bytes,
  config: RunConfig = {},
): { readonly result: ParseResult<T, E>; readonly rest?: string | Uint8Array } {
  const { result, machine, input: read } = parseWhole(p, input, config, config?.requireEof ?? false);
  if (!result.ok && !result.recovered) return { result };
  if (typeof read === "string") return { result, rest: read.slice(machine.offset) };
  const bytes = input instanceof Uint8Array ? input : read;
  return { result, rest: bytes.subarray(result.span.end.byteOffset) };
}
