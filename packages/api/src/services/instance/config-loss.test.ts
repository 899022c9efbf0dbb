import { expect, test } from "vitest";
import { LOSS_REASONS, lossWords } from "./config-loss.ts";

test.each([
  [
    "[reload] config reload skipped: gateway: bogus",
    true,
    "OpenClaw does not take this configuration: [reload] config reload skipped: gateway: bogus. The former configuration is back.",
  ],
  [
    "It ended.",
    false,
    "OpenClaw does not take this configuration: It ended. Look at the file again.",
  ],
  [null, true, "OpenClaw does not take this configuration. The former configuration is back."],
])("the words are sentences, with the gateway's own: %s", (complaint, isBack, words) => {
  expect(lossWords({ complaint, isBack })).toBe(words);
});

test("the audit trail tells a refused text from one that somebody replaced", () => {
  const { replaced, skipped, died } = LOSS_REASONS;
  expect([replaced, skipped, died]).toEqual([
    "REVISION_MISMATCH",
    "CONFIG_INVALID",
    "CONFIG_INVALID",
  ]);
});
