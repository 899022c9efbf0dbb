import { describe, expect, test } from "vitest";
import { TransferProgress } from "./progress.ts";

const anna = {
  id: "anna",
  name: "Anna",
  phase: "copying",
  bytes: 10,
  totalBytes: 20,
  files: 3,
  bytesPerSecond: 5,
  secondsLeft: 2,
  downMs: 400,
  problem: null,
};
const whole = {
  bytes: 10,
  totalBytes: 20,
  files: 3,
  bytesPerSecond: 5,
  secondsLeft: 2,
  instances: [anna],
};

describe("progress of a job that moves data", () => {
  test("covers the whole and each instance", () => {
    expect(TransferProgress.parse(whole)).toEqual(whole);
  });

  test("does not know the time left while nothing moves, nor a downtime of what did not run", () => {
    const still = { ...anna, phase: "waiting", bytesPerSecond: 0, secondsLeft: null, downMs: null };
    const progress = { ...whole, bytesPerSecond: 0, secondsLeft: null, instances: [still] };
    expect(TransferProgress.parse(progress)).toEqual(progress);
  });

  test("names the failure of an instance as a sentence", () => {
    const failed = { ...anna, phase: "failed", problem: "The disk is full." };
    expect(TransferProgress.parse({ ...whole, instances: [failed] }).instances).toEqual([failed]);
  });

  test.each([
    ["a phase that the page has no words for", { phase: "thinking" }],
    ["a downtime in words", { downMs: "short" }],
    ["no id", { id: undefined }],
  ])("with %s is refused", (_, patch) => {
    const instances = [{ ...anna, ...patch }];
    expect(TransferProgress.safeParse({ ...whole, instances }).success).toBe(false);
  });
});
