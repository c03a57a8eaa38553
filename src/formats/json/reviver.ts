// The reviver of `JSON.parse` (ECMA-262, InternalizeJSONProperty), without recursion: values nest as deep as memory allows.

/** As the second argument of `JSON.parse`: gives the value that takes the place of `value`; `undefined` leaves the property out. */
export type Reviver = (this: unknown, key: string, value: unknown) => unknown;

type Holder = Record<string, unknown> | Map<string, unknown>;

/** A value whose parts are being revived. */
interface Open {
  readonly holder: Holder;
  readonly key: string;
  readonly value: Holder;
  readonly keys: readonly string[];
  next: number;
}

/** What the reviver makes of a value: it is called for each part before the whole, and last with the key `""`. */
export function revived(root: unknown, reviver: Reviver): unknown {
  const top: Holder = { "": root };
  const open: Open[] = [];
  let holder: Holder = top;
  let key = "";
  for (;;) {
    const value = get(holder, key);
    if (isHolder(value)) open.push({ holder, key, value, keys: keysOf(value), next: 0 });
    else put(holder, key, reviver.call(holder, key, value));
    for (;;) {
      const last = open.at(-1);
      if (last === undefined) return top[""];
      const next = last.keys[last.next++];
      if (next !== undefined) {
        holder = last.value;
        key = next;
        break;
      }
      open.pop();
      put(last.holder, last.key, reviver.call(last.holder, last.key, last.value));
    }
  }
}

function isHolder(value: unknown): value is Holder {
  return typeof value === "object" && value !== null;
}

function keysOf(value: Holder): readonly string[] {
  return value instanceof Map ? [...value.keys()] : Object.keys(value);
}

function get(holder: Holder, key: string): unknown {
  return holder instanceof Map ? holder.get(key) : holder[key];
}

function put(holder: Holder, key: string, value: unknown): void {
  if (holder instanceof Map) {
    if (value === undefined) holder.delete(key);
    else holder.set(key, value);
  } else if (value === undefined) delete holder[key];
  else Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}
