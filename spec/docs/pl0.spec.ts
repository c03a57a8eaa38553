// The PL/0 of docs/examples: the trees it gives, and what is said of broken programs.
import test from "ava";
import { run, unwrap } from "sluice";
import { type Block, type Expression, program, type Statement } from "../../docs/examples/pl0.ts";
import { everyWay } from "../_chunks.ts";
import { said } from "../_said.ts";
import { size } from "../_size.ts";

const number = (value: number): Expression => ({ type: "number", value });
const name = (text: string): Expression => ({ type: "name", name: text });
const assign = (target: string, value: Expression): Statement => ({ type: "assign", name: target, value });
const block = (body: Statement, rest: Partial<Block> = {}): Block => ({
  constants: [],
  variables: [],
  procedures: [],
  body,
  ...rest,
});

const gives = test.macro({
  exec(t, input: string, tree: Block) {
    t.deepEqual(unwrap(everyWay(t, program, input)), tree);
  },
  title: (_, input: string) => `the tree of ${input}`,
});

test(gives, ".", block({ type: "empty" }));
test(gives, "{ what it does } x := 1 { done }.", block(assign("x", number(1))));
test(gives, "ending := 1.", block(assign("ending", number(1))));
test(
  gives,
  "const a = 1, b = 2; var x, y; begin end.",
  block(
    { type: "sequence", statements: [{ type: "empty" }] },
    {
      constants: [
        { name: "a", value: 1 },
        { name: "b", value: 2 },
      ],
      variables: ["x", "y"],
    },
  ),
);
test(
  gives,
  "procedure p; var z; ? z; begin call p; ! -z + 2 * (3 - 1); end.",
  block(
    {
      type: "sequence",
      statements: [
        { type: "call", name: "p" },
        {
          type: "write",
          value: {
            type: "operation",
            operator: "+",
            left: { type: "sign", operator: "-", of: name("z") },
            right: {
              type: "operation",
              operator: "*",
              left: number(2),
              right: { type: "operation", operator: "-", left: number(3), right: number(1) },
            },
          },
        },
        { type: "empty" },
      ],
    },
    { procedures: [{ name: "p", block: block({ type: "read", name: "z" }, { variables: ["z"] }) }] },
  ),
);
test(
  gives,
  "while x <= 10 do if odd x then x := x / 2.",
  block({
    type: "while",
    condition: { type: "compare", by: "<=", left: name("x"), right: number(10) },
    body: {
      type: "if",
      condition: { type: "odd", of: name("x") },
      body: assign("x", { type: "operation", operator: "/", left: name("x"), right: number(2) }),
    },
  }),
);

const refuses = test.macro({
  exec(t, input: string, message: string) {
    everyWay(t, program, input);
    t.is(said(program, input), message);
  },
  title: (_, input: string) => `what is wrong with ${input}`,
});

test(refuses, "", '1:1: unexpected end of input, expected ".", "const", "var", "procedure" or statement');
test(refuses, "x := 1", '1:7: unexpected end of input, expected "." or operator');
test(refuses, "x = 1.", '1:3: expected ":="');
test(refuses, "x := .", "1:6: expected expression");
test(refuses, "x := 1 + ;.", "1:10: expected expression after operator '+'");
test(refuses, "x := (1 + 2.", '1:12: expected ")" or operator\n  note: 1:6: opened here');
test(refuses, "begin x := 1 y := 2 end.", '1:14: expected ";", operator or "end"\n  note: 1:1: opened here');
test(
  refuses,
  "begin x := 1;",
  '1:14: unexpected end of input, expected ";", statement or "end"\n  note: 1:1: opened here',
);
test(refuses, "begin end end.", '1:11: expected "."');
test(refuses, "const a := 1;.", '1:9: expected "="');
test(refuses, "const a = b;.", "1:11: expected number");
test(refuses, "var x y;.", '1:7: expected "," or ";"');
test(refuses, "var begin;.", "1:5: expected identifier");
test(refuses, "procedure p x := 1;.", '1:13: expected ";"');
test(refuses, "call 1.", "1:6: expected identifier");
test(refuses, "while do x := 1.", "1:7: expected condition");
test(refuses, "if x then y := 1.", "1:6: expected operator or comparison");
test(refuses, "if x = 1 y := 1.", '1:10: expected operator or "then"');
test(refuses, "if x = 1 = 2 then.", '1:10: expected operator or "then"');
test(refuses, "x := 1 { not closed.", '1:21: unexpected end of input, expected "}"\n  note: 1:8: opened here');

test("blocks nest as deep as memory allows", (t) => {
  const depth = size(20_000, 100_000);
  const result = run(program, `${"begin ".repeat(depth)}x := 1 ${"end ".repeat(depth)}.`);
  let levels = 0;
  for (let at: Statement | undefined = unwrap(result).body; at?.type === "sequence"; at = at.statements[0]) levels += 1;
  t.is(levels, depth);
});
