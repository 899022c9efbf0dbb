import { isUnion, type SchemaError } from "./schema-error.ts";

/** An error, and for a union that nothing fits the errors of its branches that say nothing more. */
export interface SettledError {
  error: SchemaError;
  /** Errors at the place of the union itself. */
  branches: readonly SchemaError[];
}

/**
 * A validator reports every branch of a union that fails, each as if it were meant. Keeps those of
 * the branch that the value comes closest to, or the union as one error where it comes close to
 * none.
 */
export function settleUnions(errors: readonly SchemaError[]): SettledError[] {
  let settled: SettledError[] = [];
  for (const error of errors) {
    // The error of its schema comes before, and says more; a wrong key is reported by itself.
    if (error.keyword === "if" || error.propertyName !== undefined) continue;
    if (!isUnion(error)) {
      settled.push({ error, branches: [] });
      continue;
    }
    const isOwn = (each: SettledError) => belongsTo(each.error, error);
    const own = settled.filter(isOwn);
    settled = [...settled.filter((each) => !isOwn(each)), ...closest(error, own)];
  }
  return settled;
}

/** A branch's errors come before that of its union, at its place in the value or within it. */
function belongsTo(error: SchemaError, union: SchemaError): boolean {
  const isWithin =
    error.instancePath === union.instancePath ||
    error.instancePath.startsWith(`${union.instancePath}/`);
  if (!isWithin) return false;
  if (error.schemaPath.startsWith(`${union.schemaPath}/`)) return true;
  // The schema of a branch may lie elsewhere; what lies beside the union is no branch.
  const beside = union.schemaPath.slice(0, union.schemaPath.lastIndexOf("/") + 1);
  return !error.schemaPath.startsWith(beside);
}

function closest(union: SchemaError, own: readonly SettledError[]): SettledError[] {
  const branches = [...Map.groupBy(own, ({ error }) => branchOf(error, union)).values()];
  const close = branches.filter((branch) => !branch.some((each) => isElsewhere(each, union)));
  const [best] = close.toSorted((a, b) => a.length - b.length);
  if (best) return best;
  const tag = wrongTag(own, union);
  if (tag) return [{ error: tag, branches: [] }];
  const here = own.flatMap(({ error, branches: inner }) => [error, ...inner]);
  return [
    {
      error: union,
      branches: here.filter((each) => each.instancePath === union.instancePath && !isUnion(each)),
    },
  ];
}

/** The number of the branch, or the place of its schema. */
function branchOf({ schemaPath }: SchemaError, union: SchemaError): string {
  return schemaPath.startsWith(`${union.schemaPath}/`)
    ? (schemaPath.slice(union.schemaPath.length + 1).split("/")[0] ?? "")
    : schemaPath.split("/").slice(0, 3).join("/");
}

/** The value is of another kind than the branch, which was not meant then. */
function isElsewhere({ error }: SettledError, union: SchemaError): boolean {
  if (isTag(error, union)) return true;
  const says = ["type", "const", "enum"].includes(error.keyword) || isUnion(error);
  return says && error.instancePath === union.instancePath;
}

/** What tells the branches apart, as in `{ source: "env", … }`. */
function isTag({ keyword, instancePath }: SchemaError, union: SchemaError): boolean {
  const depthOf = (pointer: string) => pointer.split("/").length;
  return keyword === "const" && depthOf(instancePath) === depthOf(union.instancePath) + 1;
}

/** One error with the tags of all branches, for a value that has none of them. */
function wrongTag(own: readonly SettledError[], union: SchemaError): SchemaError | null {
  const tags = own.map(({ error }) => error).filter((error) => isTag(error, union));
  const [first] = tags;
  if (!first || tags.some(({ instancePath }) => instancePath !== first.instancePath)) return null;
  const allowedValues = tags.map(({ params }) => params.allowedValue);
  return { ...first, keyword: "enum", params: { allowedValues } };
}
