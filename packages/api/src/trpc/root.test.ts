import { expect, test } from "vitest";
import { appRouter } from "./root.ts";

interface Procedure {
  _def: { output?: unknown };
}

test("a procedure says what it answers", () => {
  const procedures = appRouter._def.procedures as unknown as Record<string, Procedure>;
  const without = Object.entries(procedures)
    .filter(([, { _def }]) => _def.output === undefined)
    .map(([path]) => path);
  expect(without).toEqual([]);
});
