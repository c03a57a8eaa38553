// What a result says, in the few words in which the twin and the tests speak.
import type { Diagnostic, ParseResult } from "../../src/index.ts";
import { deepEqual } from "../_equal.ts";
import { faultOfHints, isHint } from "./hints.ts";
import { noteOf, type TwinReport } from "./twin/report.ts";
import type { TwinRecovery, TwinResult } from "./twin/twin.ts";

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
export function recoveryIn(diagnostic: Diagnostic): Omit<TwinRecovery, "report"> {
  const { resyncUnits } = diagnostic.extensions.recover as { readonly resyncUnits: number };
  return {
    offset: diagnostic.at.start.offset,
    expected: expectedIn(diagnostic),
    context: diagnostic.context,
    units: resyncUnits,
  };
}

/** Places, lines and columns included, notes and fix-its, but for what was probably meant. */
function reportIn({ at, contextAt = [], notes, fixits }: Diagnostic, said: TwinReport | undefined): TwinReport {
  const closers = closersIn(fixits, said);
  const [own, inserted] = [said?.fixits.length ?? 0, closers.length];
  return {
    at,
    contextAt,
    notes: notes.filter((note) => !isHint(note)),
    fixits: fixits.slice(0, own),
    closers: fixits.slice(own, own + inserted).map(({ span, insert }) => ({ span, insert })),
  };
}

/** The innermost one; all of them where the diagnostic says that they are one change. */
function closersIn(fixits: Diagnostic["fixits"], said: TwinReport | undefined): TwinReport["closers"] {
  const isOne = fixits.some(({ group }) => group !== undefined);
  return said?.closers.slice(0, isOne ? undefined : 1) ?? [];
}

/** What the twin says of a diagnostic. What fails without a look at the input need not know that it ends there. */
function reportSaid(said: TwinReport | undefined, diagnostic: Diagnostic | undefined): TwinReport | undefined {
  if (said === undefined || diagnostic === undefined) return said;
  const knowsEnd = diagnostic.message.startsWith("unexpected end of input") || !diagnostic.notes.every(isHint);
  const notes = knowsEnd ? said.notes : said.notes.filter(({ message }) => message !== "not closed");
  return { ...said, notes, closers: closersIn(diagnostic.fixits, said) };
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
  return (
    deepEqual(
      {
        ok: succeeds,
        value: result.value,
        end: succeeds ? result.span.end.offset : undefined,
        expected: expectedIn(first),
        context: first?.context ?? [],
        code: first?.code,
        report: first && reportIn(first, said.failure?.report),
        warnings: warnings.map(({ code, at, notes, fixits }) => ({ code, at, notes, fixits })),
        emitted: result.emitted,
        // here too
        recovered: recovered.map((one, i) => ({
          ...recoveryIn(one),
          offset: said.recovered[i]?.offset,
          report: reportIn(one, said.recovered[i]?.report),
        })),
      },
      {
        ok: said.ok,
        value: said.value,
        end: said.ok ? said.end : undefined,
        expected: said.failure?.expected ?? [],
        context: said.failure?.context ?? [],
        code,
        report: reportSaid(said.failure?.report, first),
        warnings: said.warnings.map(({ code, at, notes = [], fixits = [] }) => ({
          code,
          at,
          notes: notes.map(noteOf),
          fixits,
        })),
        emitted: said.emitted,
        recovered: said.recovered.map((one, i) => ({ ...one, report: reportSaid(one.report, recovered[i]) })),
      },
    ) ??
    (first && faultOfHints(first, said))
  );
}
