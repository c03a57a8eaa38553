// What could have stood where a parse failed, as data; it is worded when a diagnostic is shown.

/**
 * One thing that was expected: a fixed text, a keyword, a named rule, a character of a class, something of the user's own
 * naming, the end of input, or (`not`) anything but what stands there.
 */
export type Expectation =
  | { readonly kind: "token" | "keyword" | "rule" | "not" | "class" | "custom"; readonly text: string }
  | { readonly kind: "eof" };
