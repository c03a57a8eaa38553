// Whether a program's parsers can read the kind of input they are given.
import type { Program } from "../compile/program.ts";

/**
 * The program, if it can read the input.
 *
 * @param binary the input is bytes.
 * @throws TypeError that says what to do, if it has parsers of bytes and the input is text, or the other way round.
 */
export function suited(program: Program, binary: boolean): Program {
  const { bytes, text } = program.reads;
  if (!binary && bytes !== undefined)
    throw new TypeError(`this parser reads bytes (${bytes}), not text: run it with { input: "binary" }`);
  if (binary && text !== undefined)
    throw new TypeError(`this parser reads text (${text}), not bytes: run it without input: "binary"`);
  return program;
}
