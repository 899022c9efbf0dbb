import { describe, expect, test } from "vitest";
import { createSavedConfigs } from "./saved-configs.ts";

const SAVED = {
  ...{ before: null, text: "{}", revision: "r1" },
  wayBack: { text: "{ ran: 1 }", run: "Monday" },
  onLost: () => undefined,
};

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

test("an acceptance is told once, and a loss may follow", async () => {
  const saved = createSavedConfigs();
  const ends = new AbortController();
  saved.begin("anna", SAVED);
  const told = saved.watch("anna", ends.signal);
  expect((await told.next()).value).toMatchObject({ isAccepted: false, isBack: false });
  saved.accept("anna");
  saved.accept("anna");
  saved.accept("nobody");
  expect((await told.next()).value).toMatchObject({ isAccepted: true, outcome: "watched" });
  saved.settle("anna", "died", "it said so", true);
  expect((await told.next()).value).toMatchObject({ outcome: "died", isBack: true });
  ends.abort();
});

test("what the panel puts back is no loss, and what was lost is still known", async () => {
  const saved = createSavedConfigs();
  saved.begin("anna", SAVED);
  await saved.putBack("anna", async () => expect(saved.standing("anna")).toBeNull());
  expect(saved.standing("anna")).toMatchObject({ text: "{}" });
});

describe("the way back of the next text leads", () => {
  const present = (run: string | null) => ({ text: SAVED.text, run });

  test("over a text of which nothing was heard yet, or that was skipped and is still there", () => {
    const saved = createSavedConfigs();
    expect(saved.wayBackTo("anna", present("Monday"))).toEqual(present("Monday"));
    saved.begin("anna", SAVED);
    expect(saved.wayBackTo("anna", present("Monday"))).toEqual(SAVED.wayBack);
    expect(saved.wayBackTo("anna", present(null))).toEqual(SAVED.wayBack);
    saved.settle("anna", "skipped", "it said so");
    expect(saved.wayBackTo("anna", present("Monday"))).toEqual(SAVED.wayBack);
  });

  test("to a text that was taken, that the gateway came up with, or that is another", () => {
    const saved = createSavedConfigs();
    saved.begin("anna", SAVED);
    expect(saved.wayBackTo("anna", present("Tuesday"))).toEqual(present("Tuesday"));
    saved.accept("anna");
    expect(saved.wayBackTo("anna", present("Monday"))).toEqual(present("Monday"));
    saved.settle("anna", "skipped", "it said so", true);
    const back = SAVED.wayBack;
    expect(saved.wayBackTo("anna", back)).toEqual(back);
    saved.begin("anna", SAVED);
    saved.settle("anna", "kept", null);
    expect(saved.wayBackTo("anna", present("Monday"))).toEqual(present("Monday"));
  });
});
