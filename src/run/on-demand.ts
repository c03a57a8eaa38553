// Members of plain objects that are worked out when first looked at.

/** What makes a member, and then the member. A key of its own, since an object may have a single one. */
const MAKER = /* @__PURE__ */ Symbol("on demand");

type Lazy<K extends string, V> = { readonly [key in K]: V };

interface Made {
  value: unknown;
  make: (() => unknown) | undefined;
}

/**
 * Adds a member to an object. All objects share one getter for it: with a getter of its own each would get a hidden class
 * of its own, which is old from birth and keeps alive, until the next full collection, all that its getter refers to.
 */
export function onDemand<O extends object, K extends string, V>(object: O, name: K, make: () => V): O & Lazy<K, V> {
  const made: Made = { value: undefined, make };
  Object.defineProperty(object, MAKER, { value: made });
  return Object.defineProperty(object, name, GETTER) as O & Lazy<K, V>;
}

const GETTER: PropertyDescriptor = {
  enumerable: true,
  configurable: true,
  get(this: { readonly [MAKER]: Made }): unknown {
    const made = this[MAKER];
    if (made.make !== undefined) {
      made.value = made.make();
      made.make = undefined;
    }
    return made.value;
  },
};
