// Whether the parsers of a program can read the kind of input that they are given.
import type { Program } from "../../compile/code/program.ts";

/**
 * The program, if it can read the input.
 *
 * @param binary the input is bytes.
 * @throws TypeError that says what to do, if it has parsers of bytes and the input is text, parsers of characters that are no
 * bytes and the input is bytes, or a `slice` over parsers of bytes.
 */
export function checkInputKind(program: Program, binary: boolean): Program {
  const { reads } = program;
  const { bytes } = reads;
  if (!binary && bytes !== undefined)
    throw new TypeError(`this parser reads bytes (${bytes}), not text: run it with { input: "binary" }`);
  if (!binary) return program;
  const { sliced, text } = reads;
  if (text !== undefined)
    throw new TypeError(`this parser reads text (${text}), not bytes: run it without input: "binary"`);
  if (sliced !== undefined)
    throw new TypeError(`slice gives text, and here it is over a parser of bytes (${sliced}): write sliceBytes`);
  return program;
}
