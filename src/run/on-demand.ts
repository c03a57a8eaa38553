// Members of plain objects that are computed on demand.

/**
 * The function that computes a member, and later the member. It has its own key, since an object may have only one such
 * member.
 */
const MAKER = /* @__PURE__ */ Symbol("on demand");

type Lazy<K extends string, V> = { readonly [key in K]: V };

interface Made {
  value: unknown;
  make: (() => unknown) | undefined;
}

/**
 * Adds a member to an object. All objects share one getter for it. With a getter of its own each object would get its
 * own hidden class, which is allocated in the old generation and keeps all that the getter refers to in memory until
 * the next full collection.
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
