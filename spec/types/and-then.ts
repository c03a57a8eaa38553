// Trees told apart by a tag through the branches of `andThen`: inferred from TypeScript 5.9 on. Compiled, and not run.
import { between, choice, lazy, many, map, type Parser } from "sluice";
import { uint8 } from "sluice/binary";
import { int10, symbol } from "sluice/lex";

type Ast = { t: "num"; v: number } | { t: "list"; of: Ast[] };
const ast: Parser<Ast> = lazy(() =>
  choice([
    map(int10, (v) => ({ t: "num", v: Number(v) })),
    between(symbol("["), many(ast), symbol("]")).map((of) => ({ t: "list", of })),
  ]),
);
const byTag: Parser<Ast> = uint8.andThen((tag) =>
  tag === 1 ? int10.map((v) => ({ t: "num", v: Number(v) })) : many(ast).map((of) => ({ t: "list", of })),
);
void byTag;
