export type { Expectation } from "../grammar/expectation.ts";
export { merged, nameOf, summaryOf } from "./expected.ts";
export type { Diagnostic, ExpectationSummary, FixIt } from "./model.ts";
