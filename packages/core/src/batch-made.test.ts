import { expect, test } from "vitest";
import { madeBy } from "./batch-made.ts";

const batch = { action: "create", total: 4, deleteData: false, underWay: [] } as const;

test("what was created and what was begun counts, with the data that was there; a failure without identity does not", () => {
  const made = madeBy({
    ...{ ...batch, underWay: ["carla"] },
    results: [
      { id: "anna", ok: true, uid: "u1" },
      { id: "boris", ok: false, reason: "START_FAILED", message: "…", uid: "u2", hadData: true },
      { id: "dora", ok: false, reason: "INSTANCE_EXISTS", message: "…" },
    ],
    making: [{ id: "carla", uid: "u3" }],
  });
  expect([...made]).toEqual([
    ["anna", { uid: "u1" }],
    ["boris", { uid: "u2", hadData: true }],
    ["carla", { uid: "u3" }],
  ]);
});

test("a batch of an older panel has made what its results say", () => {
  const results = [{ id: "anna", ok: true, uid: "u1" }];
  expect([...madeBy({ ...batch, underWay: [], results }).keys()]).toEqual(["anna"]);
});
