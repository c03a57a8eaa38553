// The interface that schema libraries share (standardschema.dev, version 1), and the messages of its issues.
import type { Problem } from "./problem.ts";

/** A schema of any library that follows the Standard Schema interface, version 1. */
export interface StandardSchema<I = unknown, O = I> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    validate(value: unknown): StandardResult<O> | Promise<StandardResult<O>>;
    readonly types?: { readonly input: I; readonly output: O } | undefined;
  };
}

/** The output of a schema, or what is wrong with the value. */
export type StandardResult<O> =
  | { readonly value: O; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** One issue with a value, and its path. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * The issues that a schema found in a value; nothing if there are none.
 *
 * @param answer the return value of a schema, not checked yet.
 * @throws TypeError if it does not follow the interface.
 */
export function issuesOf(answer: unknown): Problem | undefined {
  if (typeof answer !== "object" || answer === null) throw new TypeError("the schema gave no result");
  const { issues } = answer as { readonly issues?: readonly StandardIssue[] | undefined };
  if (issues === undefined) return undefined;
  const [first = { message: "the schema takes no such value" }, ...others] = issues;
  const problem = problemOf(first);
  return others.length === 0 ? problem : { ...problem, others: others.map(problemOf) };
}

function problemOf({ message, path = [] }: StandardIssue): Problem {
  if (path.length === 0) return { message: String(message) };
  const at = pathText(path.map((step) => (typeof step === "object" ? step.key : step)));
  return { message: String(message), notes: [{ message: `in ${at}`, messageKey: "issue.path", args: [at] }] };
}

/** A path as it is usually written: `user.tags[0]`. */
function pathText(keys: readonly PropertyKey[]): string {
  let text = "";
  for (const key of keys) {
    if (typeof key === "number" || /^\d+$/.test(String(key))) text += `[${String(key)}]`;
    else text += text === "" ? String(key) : `.${String(key)}`;
  }
  return text;
}
