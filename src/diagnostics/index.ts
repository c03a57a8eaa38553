// Public under "sluice/diagnostics".
export type { Expectation } from "../grammar/expectation.ts";
export { toJSON } from "./data/json.ts";
export type { Diagnostic, ExpectationSummary, FixIt, TraceStep } from "./data/model.ts";
export { explain } from "./messages/codes.ts";
export { registerTemplates } from "./messages/templates.ts";
export { toLsp } from "./report/lsp.ts";
export { type PrettyOptions, pretty } from "./report/pretty.ts";
