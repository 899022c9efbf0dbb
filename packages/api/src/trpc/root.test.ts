import { expect, test } from "vitest";
import { appRouter } from "./root.ts";

interface Procedure {
  _def: { output?: unknown };
}

/** These have no schema yet; no other may lack one. */
const WITHOUT = [
  "backups.plan",
  "backups.policy",
  "backups.previewPolicy",
  "backups.savePolicy",
  "backups.watchUpload",
];

test("a procedure says what it answers", () => {
  const procedures = appRouter._def.procedures as unknown as Record<string, Procedure>;
  const without = Object.entries(procedures)
    .filter(([, { _def }]) => _def.output === undefined)
    .map(([path]) => path);
  expect(without.sort()).toEqual(WITHOUT);
});
