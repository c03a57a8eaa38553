// What a function makes of a text, where it may throw.

/** Stands for the value of a function that threw. */
export const NOT_UNDERSTOOD: unique symbol = Symbol("not understood");

/** What `decode` gives for a text. */
export function understood(decode: (text: unknown) => unknown, text: unknown): unknown {
  try {
    return decode(text);
  } catch {
    return NOT_UNDERSTOOD;
  }
}
