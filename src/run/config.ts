// The configuration of a run, and its checks.
import type { TraceStep } from "../diagnostics/data/model.ts";
import type { TraceOptions } from "../machine/index.ts";
import { described } from "../misuse/described.ts";
import { nearName } from "../misuse/near-name.ts";
import { checkOptions } from "../misuse/options.ts";
import { checkAmount, checkLimits, LIMITS, type Limits } from "./limits.ts";

/** Namespaces of the configuration. A package adds its own by declaration merging. */
export interface Extensions {
  lex?: { profile?: object | undefined } | undefined;
  recover?:
    | {
        mode: "off" | "collect";
        /** Units that one recovery may skip; default: any number. */
        maxResyncUnits?: number | undefined;
        /** Recoveries in one run; `limits.maxDiagnostics` limits them too. */
        maxRecoveries?: number | undefined;
      }
    | undefined;
  trace?:
    | {
        /** Called in a run with `trace: true`, with each traced success once nothing can take it back. */
        onTrace?: ((step: TraceStep) => void) | undefined;
      }
    | undefined;
  stream?:
    | {
        /** The offset in the input where parsing begins; the input before it is only used for positions. Default: 0. */
        checkpoint?: number | undefined;
        /** The first demand of a streamed run. */
        resumeHint?: { readonly preferredBytes?: number | undefined } | undefined;
        /** The flow of a streamed run, if its own configuration has none: a result of `flowController`. */
        flow?: object | undefined;
      }
    | undefined;
}

/** The configuration of a run. An option that has a type but is not implemented is refused: `TypeError`. */
export interface RunConfig {
  /** Whether the parser must read all of the input. Default: true; in `runPartial` false. */
  requireEof?: boolean | undefined;
  /** Whether the results of rules are memoised. Only `false`, the default, is implemented. */
  packrat?: boolean | "auto" | undefined;
  /**
   * Whether a rule may begin with itself. "on" is not implemented; with "off", and "auto", the default, that is the
   * error `E4001`.
   */
  leftRecursion?: "on" | "off" | "auto" | undefined;
  /** Whether the successes of rules, and of parsers in `trace`, are recorded. Default: false. */
  trace?: boolean | undefined;
  /**
   * Whether the result says how often each rule was entered and succeeded. Only `false`, the default, is implemented.
   */
  profile?: boolean | undefined;
  /** Whether an error that only follows from the one before it is merged into that one. Default: true. */
  mergeWarnings?: boolean | undefined;
  /** The language of messages, as a BCP 47 tag: "en", "ja", or one that `registerTemplates` was given. Default: "en". */
  locale?: string | undefined;
  /** The name of the input, for spans. */
  source?: string | undefined;
  /** The kind of input: text (strings, or UTF-8 bytes), or bytes as they are. Default: "text". */
  input?: "text" | "binary" | undefined;
  /** What happens with malformed UTF-8: it ends the parse with an error, or it becomes U+FFFD. Default: "fatal". */
  decode?: "fatal" | "replace" | undefined;
  /** How much the run may use; some limits have defaults. */
  limits?: Limits | undefined;
  /**
   * Options by namespace: those of {@link Extensions}, and any of your own. A name that looks like a misspelling of one
   * of ours is refused.
   */
  extensions?: (Extensions & { readonly [namespace: string]: unknown }) | undefined;
}

type Check = (value: unknown) => boolean;
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const anObject: Check = (value) => typeof value === "object" && value !== null;
const aSignal: Check = (value) =>
  anObject(value) &&
  ["throwIfAborted", "addEventListener"].every(
    (name) => typeof (value as Record<string, unknown>)[name] === "function",
  );
const aString: Check = (value) => typeof value === "string";
const aBoolean: Check = oneOf(true, false);

const anAmount: Check = (value) => typeof value === "number" && value > 0;
const amountsOf =
  (...names: readonly string[]): Check =>
  (value) =>
    anObject(value) &&
    Object.entries(value as object).every(([name, n]) => names.includes(name) && (n === undefined || anAmount(n)));
const oneAmountOf =
  (...names: readonly string[]): Check =>
  (value) =>
    amountsOf(...names)(value) && Object.values(value as object).filter(anAmount).length === 1;

/** Every option, including the streaming ones: what it accepts, in words and as a check. */
const options: Readonly<Record<string, readonly [takes: string, check: Check]>> = {
  requireEof: ["true or false", aBoolean],
  packrat: [`true, false or "auto"`, oneOf(true, false, "auto")],
  leftRecursion: [`"on", "off" or "auto"`, oneOf("on", "off", "auto")],
  trace: ["true or false", aBoolean],
  profile: ["true or false", aBoolean],
  mergeWarnings: ["true or false", aBoolean],
  locale: ["a string", aString],
  source: ["a string", aString],
  input: [`"text" or "binary"`, oneOf("text", "binary")],
  limits: ["an object", anObject],
  extensions: [`an object such as { recover: { mode: "collect" } }`, anObject],
  decode: [`"fatal" or "replace"`, oneOf("fatal", "replace")],
  signal: ["an AbortSignal", aSignal],
  mode: [`"auto", "push", "pull" or "hybrid"`, oneOf("auto", "push", "pull", "hybrid")],
  flow: ["what flowController() gives", anObject],
  demandCap: [
    "an object such as { bytes: 65536 } or { frames: 100 }, of numbers above 0",
    amountsOf("bytes", "frames"),
  ],
  pendingTimeout: ["milliseconds, above 0", anAmount],
  onDiagnostic: ["a function", (value) => typeof value === "function"],
  resumeNotes: ["true or false", aBoolean],
  yieldEvery: ["{ steps: 10000 } or { ms: 10 }, or another number above 0", oneAmountOf("steps", "ms")],
};

/** Options that are not implemented: the values that ask for them, and what these would do. */
const notBuilt: Readonly<Record<string, readonly [values: readonly unknown[], would: string]>> = {
  packrat: [[true, "auto"], "would remember the replies of rules"],
  leftRecursion: [["on"], "would let a rule begin with itself"],
  profile: [[true], "would count what each rule did"],
};

/**
 * @internal Checks a configuration.
 *
 * @throws TypeError that names the option and says what it accepts, or that it is not implemented.
 */
export function checkConfig(config: unknown): void {
  if (config === undefined) return;
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw new TypeError(`a configuration is an object such as { requireEof: false }, got ${described(config)}`);
  }
  for (const [name, value] of Object.entries(config)) {
    const option = options[name];
    if (option === undefined) throw new TypeError(`there is no option "${name}"${nearest(name)}`);
    if (value !== undefined && !option[1](value)) {
      throw new TypeError(`option "${name}" takes ${option[0]}, got ${described(value)}`);
    }
    const unbuilt = notBuilt[name];
    if (unbuilt?.[0].includes(value)) {
      throw new TypeError(
        `option "${name}": ${described(value)} ${unbuilt[1]}, which is not built in this version; leave it out`,
      );
    }
  }
  const { limits, extensions } = config as RunConfig;
  if (limits !== undefined) checkLimits(limits);
  if (extensions !== undefined) checkExtensions(extensions);
}

/** Namespaces that the engine reads, with their names and what is accepted for the whole; and reserved ones. */
const namespaces: Readonly<Record<string, readonly [names: readonly string[], takes: string]>> = {
  lex: [["profile"], "extensions.lex takes an object such as { profile: jsonRelaxed }"],
  recover: [
    ["mode", "maxResyncUnits", "maxRecoveries"],
    'extensions.recover takes an object such as { mode: "collect" }',
  ],
  trace: [["onTrace"], "extensions.trace takes an object such as { onTrace: (step) => … }"],
  stream: [["checkpoint", "resumeHint", "flow"], "extensions.stream takes an object, as handOver gives it"],
};
const reserved: readonly string[] = [...Object.keys(namespaces), "config", "lsp", "parse", "regex"];

/** Other namespaces belong to others. A name that looks like a misspelling of ours is an error. */
function checkExtensions(extensions: NonNullable<RunConfig["extensions"]>): void {
  for (const [name, value] of Object.entries(extensions)) {
    const own = Object.hasOwn(namespaces, name) ? namespaces[name] : undefined;
    if (own !== undefined && value !== undefined) checkOptions(value, ...own);
    const near = own === undefined && !reserved.includes(name) ? nearName(name, reserved) : undefined;
    if (near !== undefined) {
      throw new TypeError(
        `there is no extension "${name}"; did you mean "${near}"? A namespace of your own needs a name that is less like it, such as "acme.${name}"`,
      );
    }
  }
  const { recover } = extensions;
  const mode: unknown = recover?.mode;
  if (mode !== undefined && mode !== "off" && mode !== "collect") {
    throw new TypeError(`extensions.recover.mode takes "off" or "collect", got ${described(mode)}`);
  }
  for (const name of ["maxResyncUnits", "maxRecoveries"] as const) {
    const most = recover?.[name];
    if (most !== undefined) checkAmount(`extensions.recover.${name}`, most);
  }
}

/**
 * @internal Where in the input a run begins to parse.
 *
 * @throws TypeError if it is not an offset.
 */
export function checkpointOf(config: RunConfig | undefined): number {
  const checkpoint = config?.extensions?.stream?.checkpoint ?? 0;
  if (!Number.isSafeInteger(checkpoint) || checkpoint < 0) {
    throw new TypeError(`extensions.stream.checkpoint takes an offset in the input, got ${described(checkpoint)}`);
  }
  return checkpoint;
}

/** @internal What counts as space in a run, if its configuration says so. */
export function triviaProfileOf(config: RunConfig | undefined): object | undefined {
  return config?.extensions?.lex?.profile;
}

/**
 * @internal How a run traces, if its configuration says that it does.
 *
 * @throws TypeError if `onTrace` is not a function.
 */
export function traceOf(config: RunConfig | undefined): TraceOptions | undefined {
  if (config?.trace !== true) return undefined;
  const onTrace = config.extensions?.trace?.onTrace;
  if (onTrace !== undefined && typeof onTrace !== "function") {
    throw new TypeError(`extensions.trace.onTrace takes a function, got ${described(onTrace)}`);
  }
  return { onTrace };
}

/** Where an unknown option belongs, or which option was probably meant. */
function nearest(name: string): string {
  const option = nearName(name, Object.keys(options));
  if (option !== undefined) return `; did you mean "${option}"?`;
  const limit = nearName(name, LIMITS);
  if (limit !== undefined) return `; it is a limit: { limits: { ${limit}: … } }`;
  const namespace = nearName(name, Object.keys(namespaces));
  if (namespace === "recover") return `; it is an extension: { extensions: { recover: { mode: "collect" } } }`;
  if (namespace !== undefined) return `; it is an extension: { extensions: { ${namespace}: { … } } }`;
  return `; the options are ${Object.keys(options).join(", ")}`;
}

/**
 * The configuration with one namespace of its extensions replaced; the rest does not change.
 *
 * @param update its argument is the content of the namespace (`undefined` if there is none), its result the new
 * content.
 * @throws TypeError if the configuration is not an object, the key not a name or `update` not a function.
 *
 * @example
 * ```ts
 * import { withExtension } from "sluice";
 * withExtension({ source: "a.txt" }, "acme", () => 1).extensions?.acme; // => 1
 * ```
 */
export function withExtension<K extends keyof Extensions>(
  config: RunConfig,
  key: K,
  update: (old: Extensions[K]) => Extensions[K],
): RunConfig;
export function withExtension<K extends string>(
  config: RunConfig,
  key: K extends keyof Extensions ? never : K,
  update: (old: unknown) => unknown,
): RunConfig;
export function withExtension(config: RunConfig, key: string, update: (old: never) => unknown): RunConfig {
  if (typeof config !== "object" || config === null) {
    throw new TypeError(`withExtension takes a configuration first, such as {}, got ${described(config)}`);
  }
  if (typeof key !== "string" || key === "") {
    throw new TypeError(`withExtension takes the name of a namespace second, got ${described(key)}`);
  }
  if (typeof update !== "function") {
    throw new TypeError(`withExtension takes a function third, as in (old) => ({ ...old }), got ${described(update)}`);
  }
  const old = config.extensions?.[key];
  return { ...config, extensions: { ...config.extensions, [key]: update(old as never) } };
}
