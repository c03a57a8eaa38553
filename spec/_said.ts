// The words of a failure, each with its place.
import { type Parser, run } from "../src/index.ts";

/** What is said of an input that fails: `line:column: message`, and a line for each note. */
export function said(parser: Parser<unknown, unknown>, input: string): string {
  const result = run(parser, input);
  const place = ({ start }: { start: { line: number; column: number } }): string => `${start.line}:${start.column}: `;
  const lines = result.diagnostics.flatMap(({ at, message, notes }) => [
    `${place(at)}${message}`,
    ...notes.map(({ span, message: note }) => `  note: ${span === undefined ? "" : place(span)}${note}`),
  ]);
  return result.ok ? "nothing" : lines.join("\n");
}
