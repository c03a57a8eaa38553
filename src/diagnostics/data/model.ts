// Diagnostics as plain data. Their types are in `grammar/`, since functions of a grammar may get a diagnostic.
export type { Diagnostic, ExpectationSummary, FixIt, TraceStep } from "../../grammar/diagnostic.ts";
