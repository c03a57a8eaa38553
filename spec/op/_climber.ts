// A naive precedence climber (Pratt 1973) over a list of tokens: the recursion that the parsers of `sluice/op` do without.

export type Fixity = "prefix" | "postfix" | "infixl" | "infixr" | "infixn" | "ternary";

/** Levels, strongest first; a ternary level has its two texts in a row. */
export type Table = readonly { readonly fixity: Fixity; readonly operators: readonly string[] }[];

/** What the climber finds: the expression with all its parentheses, or why there is none. */
type Climbed = { readonly value: string } | { readonly error: "syntax" | "chained" };

class Refused {
  readonly error: "syntax" | "chained";
  constructor(error: "syntax" | "chained") {
    this.error = error;
  }
}

/** Groups the tokens of a whole expression; an operand is a token of digits. */
export function climb(tokens: readonly string[], table: Table): Climbed {
  let at = 0;
  const bound = (fixities: readonly Fixity[], token: string | undefined): number =>
    table.findIndex((row) => fixities.includes(row.fixity) && row.operators[0] !== undefined && starts(row, token));
  const starts = (row: Table[number], token: string | undefined): boolean =>
    row.fixity === "ternary" ? row.operators[0] === token : token !== undefined && row.operators.includes(token);

  /** An operand that holds only operators of levels up to `weakest`. */
  const operand = (weakest: number): string => {
    let left = prefixed();
    /** The level of an operator that may not come again. */
    let barred = -1;
    for (;;) {
      const token = tokens[at];
      const level = bound(["postfix", "infixl", "infixr", "infixn", "ternary"], token);
      if (token === undefined || level < 0 || level > weakest) return left;
      const row = table[level];
      if (row === undefined) return left;
      if (level === barred) throw new Refused("chained");
      at += 1;
      barred = -1;
      if (row.fixity === "postfix") left = `(${left}${token})`;
      else if (row.fixity === "ternary") {
        const middle = operand(table.length);
        if (tokens[at] !== row.operators[1]) throw new Refused("syntax");
        at += 1;
        left = `(${left}${token}${middle}${row.operators[1]}${operand(level)})`;
      } else {
        left = `(${left}${token}${operand(row.fixity === "infixr" ? level : level - 1)})`;
        if (row.fixity === "infixn") barred = level;
      }
    }
  };

  const prefixed = (): string => {
    const token = tokens[at];
    if (token === undefined) throw new Refused("syntax");
    const level = bound(["prefix"], token);
    if (level >= 0) {
      at += 1;
      return `(${token}${operand(level - 1)})`;
    }
    if (token === "(") {
      at += 1;
      const inner = operand(table.length);
      if (tokens[at] !== ")") throw new Refused("syntax");
      at += 1;
      return inner;
    }
    if (!/^\d+$/.test(token)) throw new Refused("syntax");
    at += 1;
    return token;
  };

  try {
    const value = operand(table.length);
    if (at < tokens.length) throw new Refused("syntax");
    return { value };
  } catch (error) {
    if (error instanceof Refused) return { error: error.error };
    throw error;
  }
}
