// Terminal colours, as SGR codes (ECMA-48, 8.3.117); no codes if colours are off.

export type Style = "error" | "warning" | "info" | "frame" | "strong" | "added" | "removed" | "plain";

const CODES: Readonly<Record<Exclude<Style, "plain">, string>> = {
  error: "1;31",
  warning: "1;33",
  info: "1;36",
  frame: "1;34",
  strong: "1",
  added: "32",
  removed: "31",
};

/** Puts text in a style. */
export type Paint = (style: Style, text: string) => string;

export const coloured: Paint = (style, text) =>
  style === "plain" || text === "" ? text : `\x1b[${CODES[style]}m${text}\x1b[0m`;

export const plain: Paint = (_, text) => text;
