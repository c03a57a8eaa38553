// Messages from tables: a key and arguments become words in a locale. If a locale lacks a key, the English message is
// used.
import { described } from "../../misuse/described.ts";
import { ENGLISH, type TemplateKey } from "./templates-en.ts";
import { JAPANESE } from "./templates-ja.ts";

const DEFAULT = "en";
const PLACE = /\{(\d+)\}/g;
/** Plural categories (Unicode CLDR): a locale may have a template for each; English uses two of them. */
const PLURAL = /\.(zero|one|two|few|many)$/;

const tables: Map<string, Map<string, string>> = /* @__PURE__ */ new Map([
  ["en", /* @__PURE__ */ new Map<string, string>(/* @__PURE__ */ Object.entries(ENGLISH))],
  ["ja", /* @__PURE__ */ new Map<string, string>(/* @__PURE__ */ Object.entries(JAPANESE))],
]);

/**
 * Adds message templates to a locale, or replaces some of its templates. If a locale lacks a key, the English message
 * is used.
 *
 * @param locale a language tag: "ja", "pt-BR" (BCP 47).
 * @param templates by key; `{0}`, `{1}` … stand for the arguments. Keys of your own are registered for "en" first. Keys
 * with a count (`count.error.other` …) may have a template for each plural category of the locale.
 * @throws TypeError if a template does not have the same arguments as the English one, or a key is not known in
 * English; nothing is registered then.
 *
 * @example
 * ```ts
 * import { registerTemplates } from "sluice/diagnostics";
 * registerTemplates("de", { opened: "hier geöffnet", expected: "{0} erwartet" }); // => undefined
 * ```
 */
export function registerTemplates(locale: string, templates: Readonly<Record<string, string>>): void {
  if (typeof locale !== "string" || locale === "") {
    throw new TypeError(`a locale is a language tag such as "ja", got ${described(locale)}`);
  }
  if (typeof templates !== "object" || templates === null) {
    throw new TypeError(`templates are an object such as { opened: "opened here" }`);
  }
  const tag = tagOf(locale);
  const entries = Object.entries(templates);
  for (const [key, template] of entries) {
    const fault = faultOf(tag, key, template);
    if (fault !== undefined) throw new TypeError(`template "${key}" for "${locale}": ${fault}`);
  }
  const table = tables.get(tag) ?? new Map<string, string>();
  for (const [key, template] of entries) table.set(key, template);
  tables.set(tag, table);
}

function faultOf(tag: string, key: string, template: unknown): string | undefined {
  if (typeof template !== "string") return `it is a string, got ${described(template)}`;
  const places = placesOf(template);
  const english = tables.get(DEFAULT);
  const model = english?.get(key) ?? english?.get(key.replace(PLURAL, ".other"));
  if (model === undefined) {
    if (tag !== DEFAULT) return `no such key in English; register it for "${DEFAULT}" first`;
    return listPlaceholders(places) === listPlaceholders([...places].map((_, i) => i))
      ? undefined
      : "its arguments are not {0}, {1} …";
  }
  const wanted = placesOf(model);
  if (listPlaceholders(wanted) === listPlaceholders(places)) return undefined;
  return `it has ${listPlaceholders(places)}, the English one has ${listPlaceholders(wanted)}: "${model}"`;
}

/** The arguments in a template. */
function placesOf(template: string): number[] {
  const places = new Set([...template.matchAll(PLACE)].map((match) => Number(match[1])));
  return [...places].sort((a, b) => a - b);
}

function listPlaceholders(places: readonly number[]): string {
  return places.length === 0 ? "no arguments" : places.map((place) => `{${place}}`).join(" and ");
}

/** The form in which a locale is looked up: `ja_JP.UTF-8` is `ja-jp`. */
function tagOf(locale: string): string {
  return locale
    .replace(/[.@].*$/s, "")
    .replaceAll("_", "-")
    .toLowerCase();
}

/** The template for a key: of the locale, of its language, or of English. */
function templateOf(locale: string | undefined, key: string): string | undefined {
  let tag = locale === undefined ? DEFAULT : tagOf(locale);
  for (;;) {
    const template = tables.get(tag)?.get(key);
    if (template !== undefined) return template;
    const cut = tag.lastIndexOf("-");
    if (cut < 0) return tables.get(DEFAULT)?.get(key);
    tag = tag.slice(0, cut);
  }
}

/**
 * @internal The words for a key.
 *
 * @returns the template with its arguments; for a key that no table has, the key and the arguments.
 */
export function formatMessage(
  locale: string | undefined,
  key: TemplateKey | (string & {}),
  ...args: readonly string[]
): string {
  const template = templateOf(locale, key);
  if (template === undefined) return [key, ...args].join(" ");
  return template.replace(PLACE, (_, place) => args[Number(place)] ?? "");
}

/** @internal The words for a number of things: `key` with the locale's plural category. */
export function count(locale: string | undefined, key: string, n: number): string {
  const category = pluralOf(locale, n);
  const found = templateOf(locale, `${key}.${category}`) === undefined ? "other" : category;
  return formatMessage(locale, `${key}.${found}`, String(n));
}

function pluralOf(locale: string | undefined, n: number): string {
  try {
    return new Intl.PluralRules(tagOf(locale ?? DEFAULT)).select(n);
  } catch {
    return n === 1 ? "one" : "other"; // a tag that the platform can't read
  }
}

/**
 * @internal A text in the quotation marks of a locale, with escapes for invisible characters. If it contains such marks
 * itself, other marks are used.
 */
export function quoted(text: string, locale?: string): string {
  if (text === '"') return formatMessage(locale, "name.quote", text);
  if (text === "\\") return formatMessage(locale, "name.backslash", text);
  const escaped = JSON.stringify(text);
  if (!text.includes("`") && escaped.slice(1, -1) === text.replaceAll('"', '\\"') && text.includes('"')) {
    const marks = formatMessage(locale, "name.text", "");
    if (marks.startsWith('"')) return `\`${text}\``;
  }
  const shown = formatMessage(locale, "name.text", escaped.slice(1, -1));
  // the marks themselves are escaped only where they are the marks
  return shown.startsWith('"')
    ? shown
    : formatMessage(locale, "name.text", escaped.slice(1, -1).replaceAll('\\"', '"'));
}

/** @internal "a, b or c" */
export function either(locale: string | undefined, names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? "";
  return formatMessage(locale, "list.or", commas(locale, names.slice(0, -1)), names.at(-1) ?? "");
}

/** @internal "a, b and c" */
export function both(locale: string | undefined, names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? "";
  return formatMessage(locale, "list.and", commas(locale, names.slice(0, -1)), names.at(-1) ?? "");
}

/** @internal "a, b, c" */
export function commas(locale: string | undefined, names: readonly string[]): string {
  return names.length === 0 ? "" : names.reduce((list, name) => formatMessage(locale, "list.comma", list, name));
}

/**
 * The templates that are compared when a diagnostic is shown in another locale than its own; those without arguments
 * first.
 */
const SENTENCES: readonly TemplateKey[] = [
  "end",
  "refused",
  "opened",
  "open",
  "E2001.first",
  "E2001.second",
  "E6002.composed",
  "E7302.block",
  "E3001.rule",
  "E3001",
  "E4001.andThen",
  "E4001",
  "stream.decode",
  "near",
  "dangling",
  "E1203.space",
  "E7301.block",
  "limit.token",
  "limit.token.from",
  "limit.buffer",
  "limit.buffer.from",
  "limit.depth",
  "limit.steps",
  "limit.diagnostics",
  "limit.diagnostics.warnings",
];

/** @internal A message of the engine in another locale; any other message is not changed. */
export function translated(message: string, locale: string): string {
  for (const key of SENTENCES) {
    for (const table of tables.values()) {
      const args = argumentsIn(message, table.get(key));
      if (args !== undefined) return formatMessage(locale, key, ...args.map((arg) => requoted(arg, locale)));
    }
  }
  return message;
}

/** A text in English quotation marks in those of a locale. */
function requoted(arg: string, locale: string): string {
  for (const plain of ['"', "\\"]) if (arg === quoted(plain)) return quoted(plain, locale);
  if (/^`[^`]*`$/.test(arg)) return quoted(arg.slice(1, -1), locale);
  try {
    const text: unknown = JSON.parse(arg);
    return typeof text === "string" ? quoted(text, locale) : arg;
  } catch {
    return arg;
  }
}

/** The arguments in a message, if it was made from that template. */
function argumentsIn(message: string, template: string | undefined): readonly string[] | undefined {
  if (template === undefined) return undefined;
  // literal text and the number of an argument, alternating
  const parts = template.split(PLACE);
  const pattern = parts.map((part, i) => (i % 2 === 0 ? part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&") : "(.*)")).join("");
  const found = new RegExp(`^${pattern}$`, "s").exec(message);
  if (found === null) return undefined;
  const args: string[] = [];
  for (let i = 1; i < parts.length; i += 2) args[Number(parts[i])] = found[(i + 1) / 2] ?? "";
  return args;
}

/** @internal The locales that have templates. */
export function locales(): readonly string[] {
  return [...tables.keys()];
}
