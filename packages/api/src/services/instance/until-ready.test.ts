import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "./create-instance.ts";
import { untilReady } from "./until-ready.ts";

async function setUp() {
  const panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  return panel;
}

const startedAt = ({ context }: Awaited<ReturnType<typeof setUp>>) =>
  context.runtime.live.board.get("anna").startedAt;

test("of a run that has ended nothing is asked: the next one is", async () => {
  await using panel = await setUp();
  const endedRun = startedAt(panel);
  panel.engine.killOutside("anna", 0, true);
  const asked: (string | null)[] = [];
  panel.engine.exec = async () => {
    asked.push(startedAt(panel));
    return { exitCode: 0, stdout: "", stderr: "" };
  };
  const input = { id: "anna", readyWithinMs: 5_000 };
  await untilReady(panel.context, input, AbortSignal.timeout(10_000), { endedRun });
  expect(asked).toEqual([expect.any(String)]);
  expect(asked).not.toEqual([endedRun]);
});

test("a run that is followed by none is a failed start", async () => {
  await using panel = await setUp();
  const input = { id: "anna", readyWithinMs: 50 };
  const endedRun = startedAt(panel);
  const waiting = untilReady(panel.context, input, AbortSignal.timeout(10_000), { endedRun });
  expect((await rejects(waiting, "START_FAILED")).message).toContain("took no commands");
});
