import { expect, test } from "vitest";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { jobsOf } from "./jobs-of.ts";

test("what somebody begins is theirs, and is asked about when it had to wait", async () => {
  await using panel = await createTestPanel();
  const { jobs } = panel.context.runtime;
  const asked: string[] = [];
  const of = (begunBy: string) =>
    jobsOf(jobs, { begunBy, mayBegin: async () => void asked.push(begunBy) });
  const held = Promise.withResolvers<null>();
  const backup = { kind: "backup", instanceId: null, inTurn: true } as const;
  const first = await of("mina").begin({ ...backup, work: () => held.promise });
  const second = await of("omar").begin({ ...backup, work: async () => null });
  expect([first.begunBy, second.begunBy, second.status]).toEqual(["mina", "omar", "queued"]);
  held.resolve(null);
  expect(await jobs.finished(second.id)).toMatchObject({ status: "succeeded" });
  expect(asked).toEqual(["omar"]);
});
