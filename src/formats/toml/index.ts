// TOML 1.1 and 1.0 (toml.io), on public combinators.
//
//     index ─▶ document ─▶ values ─▶ keys, strings, numbers ─▶ space
//                 └▶ draft ─▶ tables: what the statements make
import type { Parser } from "../../index.ts";
import { documentOf } from "./document.ts";
import type { TomlValue } from "./tables.ts";

export { TomlDate } from "./dates.ts";
export type { TomlValue } from "./tables.ts";

/** Which TOML is read, and what integers become. */
export interface TomlOptions {
  readonly version?: "1.0" | "1.1" | undefined;
  readonly integers?: "number" | "bigint" | undefined;
}

/**
 * A whole TOML 1.1 document, up to the end of the input. Tables become plain objects, in which a key `__proto__` is a property like
 * any other; integers become numbers, and one that a number can't hold exactly is refused; dates and times become {@link TomlDate}.
 *
 * What is defined twice is refused where it stands the second time, with a note where it was first defined. With
 * `recover.mode: "collect"` each wrong statement is reported and left out, and the others make the document.
 *
 * Source: TOML v1.1.0, https://toml.io/en/v1.1.0.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { toml } from "sluice/formats/toml";
 * unwrap(run(toml, 'title = "x"\n[server]\nports = [8000, 8001]\n')); // => { title: "x", server: { ports: [8000, 8001] } }
 * ```
 */
export const toml: Parser<Record<string, TomlValue>> = /* @__PURE__ */ documentOf({ latest: true, bigints: false });

/**
 * As {@link toml}, with options.
 *
 * @param options `version`: "1.1" if not given; "1.0" refuses what TOML 1.1 adds: line ends and a last comma in inline tables,
 * times without seconds, the escapes `\e` and `\xHH`. `integers`: "number" if not given, which refuses integers beyond
 * `Number.MAX_SAFE_INTEGER`; "bigint" makes each integer a bigint and takes those of 64 bits, -2^63 to 2^63-1.
 * @throws TypeError if an option has another name or value.
 *
 * @example
 * ```ts
 * import { run, unwrap } from "sluice";
 * import { tomlWith } from "sluice/formats/toml";
 * unwrap(run(tomlWith({ integers: "bigint" }), "most = 9223372036854775807")); // => { most: 9223372036854775807n }
 * ```
 */
export function tomlWith(options: TomlOptions): Parser<Record<string, TomlValue>> {
  if (typeof options !== "object" || options === null)
    throw new TypeError('tomlWith takes its options as an object, such as { version: "1.0" }');
  const { version = "1.1", integers = "number", ...others } = options;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new TypeError(`tomlWith has no option ${other}; there are version and integers`);
  if (version !== "1.0" && version !== "1.1") throw new TypeError('tomlWith takes as version "1.0" or "1.1"');
  if (integers !== "number" && integers !== "bigint")
    throw new TypeError('tomlWith takes as integers "number" or "bigint"');
  return documentOf({ latest: version === "1.1", bigints: integers === "bigint" });
}
