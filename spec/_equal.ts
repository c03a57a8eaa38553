// Deep equality of two values of any depth: it keeps its own stack, where the assertions of test runners overflow.

interface Pair {
  readonly a: unknown;
  readonly b: unknown;
  readonly key: string;
  readonly parent: Pair | undefined;
}

/**
 * Where two values differ first, as a path with both sides, or undefined if they are equal. `NaN` equals itself, `-0` is
 * not `0`, an undefined member is not a missing one, prototypes count, and accessors are read (own enumerable ones, and
 * those of a class).
 */
export function deepEqual(left: unknown, right: unknown): string | undefined {
  const seen = new Map<object, Set<object>>();
  const stack: Pair[] = [{ a: left, b: right, key: "", parent: undefined }];
  for (let pair = stack.pop(); pair !== undefined; pair = stack.pop()) {
    const { a, b } = pair;
    if (Object.is(a, b)) continue;
    if (!isObject(a) || !isObject(b)) return difference(pair, shown(a), shown(b));
    const known = seen.get(a);
    if (known?.has(b)) continue;
    if (known) known.add(b);
    else seen.set(a, new Set([b]));
    const reason = differsOutside(a, b);
    if (reason !== undefined) return difference(pair, ...reason);
    const members = membersOf(a, b);
    if (typeof members === "string") return difference(pair, `${shown(a)} ${members}`, shown(b));
    // The first member goes on top.
    for (const [key, x, y] of members.reverse()) stack.push({ a: x, b: y, key, parent: pair });
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** What two objects differ in apart from their members, both sides shown. */
function differsOutside(a: object, b: object): [string, string] | undefined {
  const [protoA, protoB] = [Object.getPrototypeOf(a), Object.getPrototypeOf(b)];
  if (protoA !== protoB) return [`a ${nameOf(protoA)}`, `a ${nameOf(protoB)}`];
  if (a instanceof Date && b instanceof Date && !Object.is(a.getTime(), b.getTime())) return [String(a), String(b)];
  if (a instanceof RegExp && String(a) !== String(b)) return [String(a), String(b)];
  if (a instanceof Error && b instanceof Error && a.message !== b.message) return [String(a), String(b)];
  if (lengthOf(a) !== lengthOf(b)) return [`length ${lengthOf(a)}`, `length ${lengthOf(b)}`];
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    const at = a.findIndex((byte, i) => byte !== b[i]);
    if (at >= 0) return [`byte ${a[at]} at ${at}`, `byte ${b[at]}`];
  }
  return undefined;
}

type Member = readonly [key: string, a: unknown, b: unknown];

/** Both values of each member, or which member only one of them has. */
function membersOf(a: object, b: object): Member[] | string {
  if (ArrayBuffer.isView(a)) return [];
  if (a instanceof Map && b instanceof Map) return zip([...a].flat(), [...b].flat());
  if (a instanceof Set && b instanceof Set) return zip([...a], [...b]);
  const keys = keysOf(a);
  const others = new Set(keysOf(b));
  for (const key of keys) if (!others.delete(key)) return `has the member ${String(key)}, the other has not`;
  for (const key of others) return `has no member ${String(key)}, the other has`;
  return keys.map((key) => [pathOf(a, key), Reflect.get(a, key), Reflect.get(b, key)]);
}

function zip(a: readonly unknown[], b: readonly unknown[]): Member[] {
  return a.map((x, i) => [`<${i}>`, x, b[i]]);
}

function keysOf(value: object): (string | symbol)[] {
  const own = Reflect.ownKeys(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));
  if (Array.isArray(value)) return own;
  for (
    let proto = Object.getPrototypeOf(value);
    proto !== null && proto !== Object.prototype;
    proto = Object.getPrototypeOf(proto)
  ) {
    for (const [key, member] of Object.entries(Object.getOwnPropertyDescriptors(proto))) {
      if (member.get !== undefined && key !== "__proto__") own.push(key);
    }
  }
  return own;
}

function lengthOf(value: object): number | undefined {
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return value instanceof Map || value instanceof Set ? value.size : undefined;
}

function pathOf(owner: object, key: string | symbol): string {
  return Array.isArray(owner) ? `[${String(key)}]` : `.${String(key)}`;
}

function difference(pair: Pair, a: string, b: string): string {
  const keys: string[] = [];
  for (let at: Pair | undefined = pair; at !== undefined; at = at.parent) keys.push(at.key);
  const path = keys.reverse();
  const shownPath = path.length > 40 ? [...path.slice(0, 20), "…", ...path.slice(-20)] : path;
  return `at ${shownPath.join("") || "the top"}: ${a} is not ${b}`;
}

function nameOf(proto: unknown): string {
  return proto === null
    ? "prototype-less object"
    : String((proto as { constructor?: { name?: string } }).constructor?.name);
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "function") return `function ${value.name}`;
  if (!isObject(value)) return String(value);
  return Array.isArray(value) ? `an array of ${value.length}` : `a ${nameOf(Object.getPrototypeOf(value))}`;
}
