// Diagnostics as plain data: what they are stands below, with the grammar, whose functions may be given one.
export type { Diagnostic, ExpectationSummary, FixIt, TraceStep } from "../../grammar/diagnostic.ts";
