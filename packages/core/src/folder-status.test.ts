import { expect, test } from "vitest";
import { FOLDER_REPLACED, runOf, withFolder } from "./folder-status.ts";
import type { ObservedContainer } from "./status.ts";

const observed: ObservedContainer = {
  containerId: "c1",
  specHash: "h",
  image: "i",
  state: "running",
  health: "healthy",
  answered: true,
  restartCount: 0,
  exitCode: 0,
  outOfMemory: false,
  startedAt: "2026-01-01T00:00:00.000Z",
};
const plain = (status: "running" | "starting" | "stopped" | "unknown") => ({
  status,
  statusReason: null,
  statusDetail: null,
});

test("a run has a name of its own, and what does not run has none", () => {
  const again = { ...observed, startedAt: "2026-01-01T00:00:01.000Z" };
  expect(new Set([observed, again, { ...observed, containerId: "c2" }].map(runOf)).size).toBe(3);
  expect(runOf({ ...observed, state: "exited" })).toBeNull();
  expect(runOf(null)).toBeNull();
});

test("what runs in another folder is in error; what does not run is what it was", () => {
  for (const status of ["running", "starting"] as const) {
    expect(withFolder(plain(status), true)).toMatchObject({
      status: "error",
      statusReason: FOLDER_REPLACED,
      statusDetail: { code: "FOLDER_REPLACED" },
    });
    expect(withFolder(plain(status), false)).toEqual(plain(status));
  }
  for (const status of ["stopped", "unknown"] as const)
    expect(withFolder(plain(status), true)).toEqual(plain(status));
});
