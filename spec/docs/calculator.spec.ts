// The calculator of docs/examples: what it gives, and what it says.
import test from "ava";
import { unwrap } from "sluice";
import { calculation, evaluate } from "../../docs/examples/calculator.ts";
import { everyWay } from "../_chunks.ts";
import { said } from "../_said.ts";

const gives = test.macro({
  exec(t, input: string, value: number) {
    t.is(evaluate(unwrap(everyWay(t, calculation, input)), { variables: { x: 3, y: -1 } }), value);
  },
  title: (_, input: string, value: number) => `${input} is ${value}`,
});

test(gives, "1 + 2 * 3", 7);
test(gives, " (1 + 2) * 3 ", 9);
test(gives, "10 - 4 - 3", 3);
test(gives, "2 ^ 3 ^ 2", 512);
test(gives, "-2 ^ 2", -4);
test(gives, "2 ^ -1", 0.5);
test(gives, "- - x", 3);
test(gives, "1.5e2 / 3", 50);
test(gives, "max(1, x, 2 * abs(y)) + 1", 4);
test(gives, "min()", Number.POSITIVE_INFINITY);
test(gives, "cos(0) + sqrt(16)", 5);
test(gives, "x ^ 2 + 2 * x * y + y ^ 2", 4);

const refuses = test.macro({
  exec(t, input: string, message: string) {
    everyWay(t, calculation, input);
    t.is(said(calculation, input), message);
  },
  title: (_, input: string) => `what is wrong with ${input}`,
});

test(refuses, "", "1:1: unexpected end of input, expected expression");
test(refuses, "* 2", "1:1: expected expression");
test(refuses, "1 +", "1:4: unexpected end of input, expected expression after operator '+'");
test(refuses, "1 + )", "1:5: expected expression after operator '+'");
test(refuses, "1 + .5", "1:5: expected expression after operator '+'");
test(refuses, "2 ^ - ", "1:7: unexpected end of input, expected expression after operator '-'");
test(refuses, "3 4", "1:3: expected operator or end of input");
test(refuses, "2x", "1:2: expected operator or end of input");
test(refuses, "1 $ 2", "1:3: expected operator or end of input");
test(refuses, "sin 1", '1:5: expected "(", operator or end of input');
test(refuses, "()", "1:2: expected expression");
test(refuses, "(1 + 2", '1:7: unexpected end of input, expected ")" or operator\n  note: 1:1: opened here');
test(refuses, "max(1 2)", '1:7: expected ",", ")" or operator\n  note: 1:4: opened here');
test(refuses, "max(1,)", "1:7: expected expression\n  note: 1:6: nothing follows it");
test(refuses, "1.", "1:3: unexpected end of input, expected digit");
test(refuses, "1e+", "1:4: unexpected end of input, expected digit");

test("a name that is not known is told of, with its place", (t) => {
  const value = (input: string): number => evaluate(unwrap(everyWay(t, calculation, input)));
  t.throws(() => value("1 +\n  radius"), { instanceOf: ReferenceError, message: '2:3: there is no variable "radius"' });
  t.throws(() => value("1 + sum(2)"), { instanceOf: ReferenceError, message: '1:5: there is no function "sum"' });
  t.throws(() => value("toString"), { instanceOf: ReferenceError });
});
