import { expect, test } from "vitest";
import type { BatchBefore, BatchResult } from "./batch.ts";
import { undoOf } from "./batch-undo.ts";

const was = (id: string, patch: Partial<BatchBefore> = {}): BatchBefore => ({
  ...{ id, uid: `uid of ${id}`, name: id.toUpperCase(), port: 20_000 },
  ...{ desired: "running", group: null, tags: [], ...patch },
});

const ended = (patch: Partial<BatchResult>): BatchResult => ({
  ...{ action: "stop", deleteData: false, results: [], underWay: [], ...patch },
});

/** The undo, with the instances as they are now. */
function undo(result: BatchResult, now: readonly BatchBefore[], deleteData = false) {
  const byId = new Map(now.map((one) => [one.id, one]));
  return undoOf(result, { now: (id) => byId.get(id) ?? null, deleteData });
}

test("of a stop starts what ran, also when its operation failed or was cut off", () => {
  const before = [was("done"), was("failed"), was("cut"), was("off", { desired: "stopped" })];
  const stop = ended({
    before,
    results: [
      { id: "done", ok: true },
      { id: "failed", ok: false },
    ],
  });
  const now = before.map((one) => ({ ...one, desired: "stopped" as const }));
  expect(undo(stop, now)).toEqual({ action: "start", ids: ["done", "failed", "cut"] });
});

test("leaves alone what somebody has changed back, deleted or replaced since", () => {
  const stopped = { desired: "stopped" } as const;
  const before = ["back", "gone", "another", "same"].map((id) => was(id, stopped));
  const now = [was("back", stopped), was("another", { uid: "other" }), was("same")];
  const start = ended({ action: "start", before });
  expect(undo(start, now)).toEqual({ action: "stop", ids: ["same"] });
  expect(undo(start, [])).toBeNull();
});

test("of a restart is nothing, and neither is one of a batch of an older panel", () => {
  expect(undo(ended({ action: "restart", before: [was("a")] }), [was("a")])).toBeNull();
  for (const action of ["start", "stop", "remove", "create", "label"] as const)
    expect(undo(ended({ action, results: [{ id: "a", ok: true }] }), [was("a")])).toBeNull();
});

test("of a roll-out is for all that it has begun with, whatever came of it; of that undo, too", () => {
  const results = [
    { id: "a", ok: true },
    { id: "b", ok: false },
  ];
  const before = [was("a"), was("b"), was("cut"), was("another")];
  const now = [was("a"), was("b"), was("cut"), was("another", { uid: "new" })];
  for (const action of ["configure", "restoreConfig"] as const) {
    const ids = ["a", "b", "cut"];
    expect(undo(ended({ action, before, results }), now)).toEqual({ action: "restoreConfig", ids });
    expect(undo(ended({ action, before, results }), [])).toBeNull();
  }
});

test("of a deletion that kept the data makes the instances again, as they were", () => {
  const before = [was("a", { group: "g", tags: ["t"], desired: "stopped" }), was("b"), was("c")];
  const results = [
    { id: "a", ok: true },
    { id: "b", ok: false },
    { id: "c", ok: true },
  ];
  const remove = ended({ action: "remove", before, results });
  const a = { id: "a", name: "A", port: 20_000, group: "g", tags: ["t"], start: false };
  // Somebody has made another `c` since.
  expect(undo(remove, [was("c", { uid: "new" })])).toEqual({ action: "create", instances: [a] });
  const cut = ended({ action: "remove", before, results: [], underWay: ["a"] });
  expect(undo(cut, [was("b"), was("c")])).toEqual({ action: "create", instances: [a] });
  expect(undo({ ...remove, deleteData: true }, [])).toBeNull();
});

test("of a creation deletes exactly what it created", () => {
  const results = [
    { id: "a", ok: true, uid: "uid of a" },
    { id: "b", ok: false },
    { id: "c", ok: true, uid: "uid of another" },
  ];
  const create = ended({ action: "create", results });
  const now = [was("a"), was("b"), was("c")];
  const asked = { action: "remove", ids: ["a"] };
  expect(undo(create, now)).toEqual({ ...asked, options: { deleteData: false } });
  expect(undo(create, now, true)).toEqual({ ...asked, options: { deleteData: true } });
  const made = [
    { id: "a", ok: true, uid: "uid of a", hadData: true },
    { id: "b", ok: false, uid: "uid of b" },
  ];
  const both = { action: "remove", ids: ["a", "b"] };
  const overData = ended({ action: "create", results: made });
  expect(undo(overData, now)).toEqual({ ...both, options: { deleteData: false } });
  // A crash cut off the creation of `c`, which the panel completes.
  const cut = { ...overData, underWay: ["c"], making: [{ id: "c", uid: "uid of c" }] };
  expect(undo(cut, now)).toMatchObject({ ids: ["a", "b", "c"] });
  expect(undo(cut, [was("c", { uid: "uid of another" })])).toBeNull();
  const options = { deleteData: true, keepDataOf: ["a"] };
  expect(undo(overData, now, true)).toEqual({ ...both, options });
});

test("of labels takes back what the batch did, and nothing that others did since", () => {
  const before = [was("a", { group: "old", tags: ["Kept", "gone"] }), was("b", { tags: ["new"] })];
  const wish = { group: "g", addTags: ["new"], removeTags: ["GONE"] };
  const instances = before.map(({ id }) => ({ id, ...wish }));
  const label = ended({ action: "label", before, request: { action: "label", instances } });
  const now = [
    was("a", { group: "g", tags: ["Kept", "NEW", "theirs"] }),
    // Its group was changed by somebody, and it had the tag before.
    was("b", { group: "theirs", tags: ["new"] }),
  ];
  expect(undo(label, now)).toEqual({
    action: "label",
    instances: [{ id: "a", group: "old", addTags: ["gone"], removeTags: ["new"] }],
  });
  // The change of `a` failed, so somebody else has given it these labels.
  expect(undo({ ...label, results: [{ id: "a", ok: false }] }, now)).toBeNull();
});
