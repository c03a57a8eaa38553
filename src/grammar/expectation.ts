// What could have followed where a parse failed, as data; it becomes words when a diagnostic is shown.

/**
 * One thing that was expected: a fixed text, a keyword, a named rule, a character of a class, something with a label,
 * the end of input, or (`not`) anything but what is there.
 */
export type Expectation =
  | { readonly kind: "token" | "keyword" | "rule" | "not" | "class" | "custom"; readonly text: string }
  | { readonly kind: "eof" };
