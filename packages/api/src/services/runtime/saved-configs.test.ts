import { expect, test } from "vitest";
import { createSavedConfigs } from "./saved-configs.ts";

const SAVED = { before: null, text: "{}", revision: "r1", onLost: () => undefined };

test("what becomes of a text is told, and a loss is final", async () => {
  const saved = createSavedConfigs();
  const lost: string[] = [];
  const ends = new AbortController();
  const told = saved.watch("anna", ends.signal);
  expect((await told.next()).value).toBeNull();
  const signal = saved.begin("anna", { ...SAVED, onLost: (outcome) => lost.push(outcome) });
  expect((await told.next()).value).toMatchObject({ revision: "r1", outcome: "watched" });
  saved.settle("anna", "skipped", "it said so");
  expect((await told.next()).value).toMatchObject({ outcome: "skipped", complaint: "it said so" });
  expect(signal.aborted).toBe(true);
  saved.settle("anna", "kept", null);
  expect(saved.find("anna")).toMatchObject({ outcome: "skipped" });
  expect(lost).toEqual(["skipped"]);
  ends.abort();
});

test("another text, and one that the panel writes, end the watch of the one before", () => {
  const saved = createSavedConfigs();
  const first = saved.begin("anna", SAVED);
  const second = saved.begin("anna", { ...SAVED, revision: "r2" });
  expect([first.aborted, second.aborted]).toEqual([true, false]);
  saved.forget("anna");
  expect([second.aborted, saved.find("anna")]).toEqual([true, null]);
});
