import { afterEach, expect, test, vi } from "vitest";
import type { Instance } from "../api/client.ts";
import { createFakeApi, panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { startAndOpen } from "./start-and-open.ts";

afterEach(() => vi.restoreAllMocks());

const UPDATED = "2026-11-22T09:00:00.000Z";
const RUNNING = { get: () => anInstance({ id: "anna", status: "running", updatedAt: UPDATED }) };

function aTab() {
  const replace = vi.fn();
  const close = vi.fn();
  const tab = { opener: window, location: { replace }, close };
  vi.spyOn(window, "open").mockReturnValue(tab as unknown as Window);
  return { tab, replace, close };
}

function answering(start: () => Instance) {
  return createFakeApi({ "instances.start": start }).api;
}

test("the tab waits on a page of its own from the click on, and is told when the start began", async () => {
  const { tab, replace } = aTab();
  const api = answering(() => anInstance({ id: "anna", updatedAt: UPDATED }));
  const done = startAndOpen(api, RUNNING, "anna");
  expect(window.open).toHaveBeenCalledExactlyOnceWith("/starting/anna", "_blank");
  expect(tab.opener).toBeNull();
  await done;
  expect(replace).toHaveBeenCalledWith("/starting/anna#since=2026-11-22T09%3A00%3A00.000Z");
});

test("a start that the panel refuses closes the tab, and is told here", async () => {
  const { close } = aTab();
  const api = answering(() => {
    throw panelError("BUSY", "It is being backed up.");
  });
  await expect(startAndOpen(api, RUNNING, "anna")).rejects.toThrow("It is being backed up.");
  expect(close).toHaveBeenCalledOnce();
});
