// The words of a failure.
import { ParseError, type Parser, run } from "../src/index.ts";

/** What is said of an input that fails, as a user sees it. */
export function said(parser: Parser<unknown, unknown>, input: string): string {
  const result = run(parser, input);
  return result.ok ? "nothing" : new ParseError(result).message;
}
