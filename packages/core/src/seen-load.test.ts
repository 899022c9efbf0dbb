import { expect, test } from "vitest";
import { mayBeBusy } from "./seen-load.ts";

const SINCE = 1_000;

test.each([
  ["cannot be asked", null, true],
  ["was busy before", { isBusy: true, at: SINCE - 1 }, true],
  ["was idle before", { isBusy: false, at: SINCE - 1 }, false],
  ["was idle at that very moment", { isBusy: false, at: SINCE }, false],
  ["has answered the panel since", { isBusy: false, at: SINCE + 1 }, true],
])("a silent gateway that %s", (_, load, expected) => {
  expect(mayBeBusy(load, SINCE)).toBe(expected);
});
