// Public under "sluice/diagnostics".
export type { Expectation } from "../grammar/expectation.ts";
export { explain } from "./codes.ts";
export { toJSON } from "./json.ts";
export { toLsp } from "./lsp.ts";
export type { Diagnostic, ExpectationSummary, FixIt, TraceStep } from "./model.ts";
export { type PrettyOptions, pretty } from "./pretty.ts";
export { registerTemplates } from "./templates.ts";
