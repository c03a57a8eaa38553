// What a result says, in the few words in which the twin and the tests speak.
import type { Diagnostic, ParseResult } from "../../src/index.ts";
import { deepEqual } from "../_equal.ts";
import type { TwinRecovery, TwinResult } from "./twin.ts";

/** What a diagnostic expected: sorted, each once, as `token:a`, `class:a-z`, `rule:name`, `not`, `eof`. */
export function expectedIn(diagnostic: Diagnostic | undefined): string[] {
  const names = (diagnostic?.expected?.alternatives ?? []).map((one) => {
    if (one.kind === "eof" || one.kind === "not") return one.kind;
    return `${one.kind}:${one.text}`;
  });
  return [...new Set(names)].sort();
}

/** A value with every position in it taken down to its offset. */
export function withoutLines(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(withoutLines);
  if ("offset" in value && "byteOffset" in value) return { offset: value.offset };
  if ("start" in value && "end" in value) return { start: withoutLines(value.start), end: withoutLines(value.end) };
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutLines(member)]));
}

/** What the diagnostic of a recovery says of it. */
export function recoveryIn(diagnostic: Diagnostic): TwinRecovery {
  const { resyncUnits } = diagnostic.extensions.recover as { readonly resyncUnits: number };
  return {
    offset: diagnostic.at.start.offset,
    expected: expectedIn(diagnostic),
    context: diagnostic.context,
    units: resyncUnits,
  };
}

/** How a result differs from what the twin says; undefined if it doesn't. */
export function differsFromTwin(result: ParseResult<unknown, unknown>, said: TwinResult): string | undefined {
  const recovered = result.diagnostics.filter((diagnostic) => diagnostic.extensions.recover !== undefined);
  const warnings = result.diagnostics.filter(({ severity }) => severity === "warning");
  const [first, ...more] = result.diagnostics.filter((one) => !recovered.includes(one) && !warnings.includes(one));
  if (more.length > 0) return `there are ${1 + more.length} diagnostics besides recoveries`;
  const succeeds = result.ok || result.recovered;
  // a problem may have no code
  const code = (said.ok ? undefined : (said.failure?.code ?? "E1001")) || undefined;
  // a problem may be about another place than where the parse failed
  const isElsewhere = said.failure?.code !== undefined && !/^E[34]/.test(said.failure.code);
  return deepEqual(
    {
      ok: succeeds,
      value: withoutLines(result.value),
      end: succeeds ? result.span.end.offset : undefined,
      at: isElsewhere ? undefined : first?.at.start.offset,
      expected: expectedIn(first),
      context: first?.context ?? [],
      code: first?.code,
      warnings: warnings.map(({ code }) => code),
      emitted: withoutLines(result.emitted),
      // here too
      recovered: recovered.map((one, i) =>
        one.code === "E1001" ? recoveryIn(one) : { ...recoveryIn(one), offset: said.recovered[i]?.offset },
      ),
    },
    {
      ok: said.ok,
      value: said.value,
      end: said.ok ? said.end : undefined,
      at: isElsewhere ? undefined : said.failure?.offset,
      expected: said.failure?.expected ?? [],
      context: said.failure?.context ?? [],
      code,
      warnings: said.warnings,
      emitted: said.emitted,
      recovered: said.recovered,
    },
  );
}
