import { expect, test } from "vitest";
import { containerOf, specOf } from "../../../tests/support/specs.ts";
import {
  type Facts,
  FRESH,
  type KnownElsewhere,
  runsByItself,
  statusInput,
  toInstance,
} from "./instance-facts.ts";

const facts = (patch: Partial<Facts> = {}): Facts => ({
  ...FRESH,
  spec: specOf({ id: "anna" }),
  observed: containerOf(),
  ...patch,
});
const known = (patch: Partial<KnownElsewhere> = {}): KnownElsewhere => ({
  now: () => Date.parse("2026-01-01T01:00:00.000Z"),
  activityOf: () => null,
  urlOf: () => "http://127.0.0.1:20000/",
  opensBy: () => "token",
  ...patch,
});

test("a stop is shown at once, and its container runs until it goes down", () => {
  const stopping = known({ activityOf: () => "stopping", workOf: () => ["task"] });
  const input = statusInput(facts(), stopping, true);
  expect(toInstance(facts(), stopping, input)).toMatchObject({
    status: "stopping",
    statusDetail: { code: "FINISHING_WORK" },
  });
  expect(runsByItself(facts(), input)).toBe(true);
  const ended = facts({ observed: containerOf({ state: "exited", startedAt: null }) });
  expect(runsByItself(ended, statusInput(ended, stopping, true))).toBe(false);
});

test("one that waits for its turn, but shall not run any more, is not shown as queued", () => {
  const queued = known({ activityOf: () => "queued" });
  const spec = specOf({ id: "anna", desired: "stopped" });
  const input = statusInput(facts({ spec, observed: null }), queued, true);
  expect(input.activity).toBeNull();
});
