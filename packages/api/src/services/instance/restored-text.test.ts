import type { ManagedKey } from "@claw/core/managed-keys";
import { expect, test } from "vitest";
import { restoredText } from "./restored-text.ts";

const MODE: ManagedKey = {
  ...{ path: ["gateway", "mode"], rule: "is", value: "local" },
  ...{ isRequired: true, why: "network" },
};
const REMOTE = '{ /* mine */ gateway: { mode: "remote" } }';
const LOCAL = '{ /* mine */ gateway: { mode: "local" } }';

test.each<[string, string | null, string]>([
  ["a file that has it right", '{ gateway: { mode: "local" } }', LOCAL],
  ["a file that has it wrong in another way", '{ gateway: { mode: "x" } }', LOCAL],
  ["a file that has it wrong in the same way", '{ gateway: { mode: "remote" } }', REMOTE],
  ["a broken file", "{ broken", LOCAL],
  ["no file", null, LOCAL],
])("a key of the panel's that comes back wrong, in place of %s", (_, present, comesBack) => {
  expect(restoredText(REMOTE, present, [MODE])).toBe(comesBack);
});

test("a text that is no configuration comes back as it is, for the check to refuse", () => {
  expect(restoredText("{ broken", "{}", [MODE])).toBe("{ broken");
});
