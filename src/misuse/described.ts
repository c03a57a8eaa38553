// What a wrong argument was, for the message that refuses it.

const MOST_UNITS = 40;

/** A value in a few words: `5`, `"abc"`, `null`, `a function`, `an array`, `a Map`. It never throws, whatever the value is. */
export function described(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > MOST_UNITS ? `${value.slice(0, MOST_UNITS)}…` : value);
    case "bigint":
      return `${value}n`;
    case "function":
      return "a function";
    case "object":
      return value === null ? "null" : objectDescribed(value);
    default:
      return String(value);
  }
}

function objectDescribed(value: object): string {
  if (Array.isArray(value)) return "an array";
  if (isRegExp(value)) return `the regular expression ${value}`;
  const name = classOf(value);
  if (name === undefined || name === "Object") return "an object";
  return `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`;
}

/** The name of its class; none where it has none, or where asking for it throws. */
function classOf(value: object): string | undefined {
  try {
    const { name } = value.constructor as { name?: unknown };
    return typeof name === "string" && /^[\w$]+$/.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is a regular expression, of any realm. */
export function isRegExp(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === "[object RegExp]" && typeof (value as RegExp).source === "string";
}
