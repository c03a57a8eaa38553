export { type Fixity, OpBuilder, type Operation } from "./op-builder.ts";
export { type Level, type PrecedenceBuilder, precedence } from "./precedence.ts";
