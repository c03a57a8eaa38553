// Frozen parts against a plain array: what is looked up and thawed is what was pushed; parts are few, and never written to.
import test from "ava";
import fc from "fast-check";
import { jsonValue } from "../../src/formats/json.ts";
import { many } from "../../src/index.ts";
import { oneOf } from "../../src/lex/index.ts";
import { Stack } from "../../src/machine/index.ts";
import { Frozen, SEGMENT } from "../../src/machine/memory/frozen.ts";
import { effortOf } from "./_effort.ts";

/** A stack, and how many places of its live part are in use. */
interface Sample {
  readonly stack: Stack;
  live: number;
}

function push({ stack, live }: Sample, value: number): number {
  if (live === stack.ints.length) stack.grow();
  stack.ints[live] = value;
  stack.offsets[live] = value / 2;
  stack.values[live] = `${value}`;
  return live + 1;
}

function freeze(sample: Sample): void {
  if (sample.live > 0) sample.stack.freeze(sample.live);
  sample.live = 0;
}

function pop(sample: Sample, places: number): void {
  if (places > sample.live) sample.live += sample.stack.thaw(places - sample.live, sample.live);
  sample.live -= places;
}

function partsOf(top: Frozen | undefined): Frozen[] {
  const parts: Frozen[] = [];
  for (let part = top; part !== undefined; part = part.below) parts.push(part);
  return parts;
}

const contentOf = (top: Frozen | undefined): number[] =>
  partsOf(top)
    .reverse()
    .flatMap((part) => [...part.ints.subarray(0, part.length)]);

const steps = fc.array(
  fc.oneof(
    fc.record({ pushes: fc.integer({ min: 0, max: 5 }) }),
    fc.record({ pushes: fc.integer({ min: 0, max: 700 }) }),
    fc.record({ pops: fc.integer({ min: 0, max: 40 }) }),
    fc.record({ pops: fc.integer({ min: 0, max: 900 }) }),
  ),
  { maxLength: 60 },
);

test("what is looked up, thawed and kept is what was pushed", (t) => {
  fc.assert(
    fc.property(steps, (each) => {
      const sample: Sample = { stack: new Stack(), live: 0 };
      const plain: number[] = [];
      const kept: { readonly frozen: Frozen | undefined; readonly content: readonly number[] }[] = [];
      let next = 1;
      for (const step of each) {
        if ("pops" in step) {
          const places = Math.min(step.pops, plain.length);
          pop(sample, places);
          plain.length -= places;
        } else {
          for (let i = 0; i < step.pushes; i++) {
            sample.live = push(sample, next);
            plain.push(next++);
          }
        }
        freeze(sample);
        const { stack } = sample;
        kept.push({ frozen: stack.frozen, content: [...plain] });
        for (let depth = plain.length - 1; depth >= 0; depth -= 1 + (depth >> 3)) {
          const value = plain[depth] as number;
          if (stack.intAt(depth) !== value || stack.offsetAt(depth) !== value / 2) return false;
          if (stack.valueAt(depth) !== `${value}`) return false;
        }
        const sizes = partsOf(stack.frozen).map(({ length }) => length);
        if (sizes.some((size) => size === 0 || size > SEGMENT)) return false;
      }
      return kept.every(({ frozen, content }) => `${contentOf(frozen)}` === `${content}`);
    }),
  );
  t.pass();
});

test("places pushed a few at a time lie in full parts, but for a few", (t) => {
  for (const few of [1, 2, 3, 100, 255, 256, 300]) {
    const sample: Sample = { stack: new Stack(), live: 0 };
    for (let pushed = 0; pushed < 20_000; pushed += few) {
      for (let i = 0; i < few; i++) sample.live = push(sample, i);
      freeze(sample);
    }
    const sizes = partsOf(sample.stack.frozen).map(({ length }) => length);
    const small = sizes.filter((size) => size < SEGMENT);
    t.true(small.length <= 8, `${few}: ${small}`);
    t.deepEqual(sizes.slice(0, small.length), small, "small parts lie above the full ones");
  }
});

test("a part is found in steps that grow with the logarithm of the parts", (t) => {
  const sample: Sample = { stack: new Stack(), live: 0 };
  const PARTS = 4096;
  for (let i = 0; i < PARTS * SEGMENT; i++) sample.live = push(sample, i);
  freeze(sample);
  let looked = 0;
  const { towards } = Frozen.prototype;
  Frozen.prototype.towards = function (depth) {
    looked++;
    return towards.call(this, depth);
  };
  for (let depth = 0; depth < PARTS * SEGMENT; depth += 97 * SEGMENT + 13) {
    looked = 0;
    t.is(sample.stack.intAt(depth), depth);
    t.true(looked <= 3 * Math.log2(PARTS), `${looked} steps to ${depth}`);
  }
  Frozen.prototype.towards = towards;
});

test("a step of a captured run looks at as much after many steps as after a few", (t) => {
  const [small, large] = [1000, 16_000].map((n) => {
    const { effort } = effortOf(many(oneOf("a")), "a".repeat(n), { size: 1, capturing: true });
    return (effort.walked + effort.copied) / n;
  }) as [number, number];
  t.true(large <= small * 1.5 + 10, `${small} a step, then ${large}`);
});

test("the end of a long array or object thaws none of its elements, and costs what they are", (t) => {
  const members = (n: number): string[] =>
    Array.from({ length: n }, (_, i) => `"${i === 7 ? "__proto__" : `k${i}`}":${i % 10}`);
  const inputs = {
    array: (n: number): string => `[${members(n).join(",").replaceAll(":", ",")}]`,
    object: (n: number): string => `{${members(n).join(",")}}`,
    "objects in objects": (n: number): string => `{"a":{${members(n).join(",")}},"b":{${members(n).join(",")}}}`,
  };
  const { thaw } = Stack.prototype;
  let most = 0;
  Stack.prototype.thaw = function (needed, live) {
    const thawed = thaw.call(this, needed, live);
    most = Math.max(most, thawed);
    return thawed;
  };
  for (const [name, input] of Object.entries(inputs)) {
    const [small, large] = [500, 4000].map((n) => {
      const { outcome, effort } = effortOf(jsonValue, input(n), { size: 1, capturing: true });
      t.deepEqual(outcome.result.value, JSON.parse(input(n)), name);
      return (effort.walked + effort.copied) / input(n).length;
    }) as [number, number];
    t.true(large <= small * 1.1, `${name}: ${small} a unit, then ${large}`);
  }
  Stack.prototype.thaw = thaw;
  t.true(most <= SEGMENT, `${most} places were thawed at once`);
});
