import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { appRouter } from "../../src/trpc/root.ts";

type Result = { ok: boolean; data?: unknown };
type Middleware = ((options: { next: () => Promise<Result> }) => Promise<Result>) & {
  _type?: "input" | "output";
};
interface Procedure {
  _def: { middlewares: Middleware[]; output?: z.ZodType };
}

const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, Procedure>,
);

/** What schemas have removed from answers, or changed in them. */
const altered: string[] = [];

for (const [path, { _def }] of procedures) {
  const { middlewares, output } = _def;
  if (!output) continue;
  const at = middlewares.findIndex(({ _type }) => _type === "output");
  middlewares.splice(at + 1, 0, compared(path, output));
}

/** Throws when the schema of any answer so far was not the whole answer. */
export function requireWholeOutputs(): void {
  const found = altered.splice(0);
  if (found.length > 0) throw new Error(`output schemas alter answers:\n${found.join("\n")}`);
}

/** Runs behind the output's own check, and receives the answer of the use case. */
function compared(path: string, output: z.ZodType): Middleware {
  return async ({ next }) => {
    const result = await next();
    if (!result.ok) return result;
    if (!isStream(result.data)) {
      compare(path, result.data, output.parse(result.data));
      return result;
    }
    return { ...result, data: comparedStream(path, output, result.data) };
  };
}

/** Lets each item through as it is, after the schema has seen it. */
async function* comparedStream(path: string, output: z.ZodType, items: AsyncIterable<unknown>) {
  let raw: unknown;
  const watched = (async function* () {
    for await (const item of items) {
      raw = item;
      yield item;
    }
  })();
  for await (const parsed of z
    .custom<AsyncIterable<unknown>>(isStream)
    .parse(output.parse(watched))) {
    compare(path, raw, parsed);
    yield raw;
  }
}

function compare(path: string, raw: unknown, parsed: unknown): void {
  const [before, after] = [raw, parsed].map((value) => JSON.stringify(value));
  if (isDeepStrictEqual(json(before), json(after))) return;
  altered.push(`${path}: ${before} became ${after}`);
}

const json = (text: string | undefined): unknown => (text === undefined ? null : JSON.parse(text));

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
