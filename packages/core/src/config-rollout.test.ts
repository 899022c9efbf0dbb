import { expect, test } from "vitest";
import { BatchOrder, BatchRequest } from "./batch-request.ts";
import { hasLabels, RolloutDraft, RolloutRequest } from "./config-rollout.ts";

const patch = { logging: { level: "debug" } };

test("a roll-out is a change for named instances, a group or tags, at a pace", () => {
  const options = { wave: 5, stopAtFirstFailure: true };
  for (const target of [{ ids: ["anna"] }, { group: "Sales" }, { tags: ["vip"] }]) {
    expect(RolloutDraft.parse({ ...target, patch })).toEqual({ ...target, patch });
    expect(RolloutRequest.parse({ ...target, patch, options })).toEqual({
      ...{ ...target, patch, options },
    });
  }
});

test.each([
  { patch },
  { tags: [], patch },
  { ids: [], patch },
  { ids: ["anna", "anna"], patch },
  { group: " ", patch },
  { ids: ["anna"] },
  { ids: ["anna"], patch: {} },
  { ids: ["anna"], patch: ["a"] },
])("%j is none", (draft) => expect(RolloutDraft.safeParse(draft).success).toBe(false));

test("labels are compared without regard to case, and all tags count", () => {
  const labels = { group: "Sales", tags: ["VIP", "eu"] };
  expect(hasLabels({}, labels)).toBe(true);
  expect(hasLabels({ group: "sales", tags: ["vip"] }, labels)).toBe(true);
  expect(hasLabels({ tags: ["vip", "us"] }, labels)).toBe(false);
  expect(hasLabels({ group: "other" }, labels)).toBe(false);
  expect(hasLabels({ group: "sales" }, { ...labels, group: null })).toBe(false);
});

test("its batch is recorded, but nobody can ask for one without a change", () => {
  for (const action of ["configure", "restoreConfig"]) {
    expect(BatchOrder.safeParse({ action, ids: ["anna"] }).success).toBe(true);
    expect(BatchRequest.safeParse({ action, ids: ["anna"] }).success).toBe(false);
  }
});
