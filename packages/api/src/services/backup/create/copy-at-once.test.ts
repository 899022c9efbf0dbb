import { expect, test } from "vitest";
import { begin, withInstances } from "../../../../tests/support/backup-home.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { stopInstance } from "../../instance/stop-instance.ts";

test("there is a moment at which none runs, and the copies are of it", async () => {
  await using panel = await createTestPanel();
  const ids = ["a", "b", "c", "d"];
  await withInstances(panel, ids);
  const copying = panel.faults.pauseNext("storage.copyOut");
  const { id } = await begin(panel, { mode: "at-once" });
  await copying.reached;
  const states = [...(await panel.engine.list()).values()].map(({ state }) => state);
  expect(states).toEqual(["exited", "exited", "exited", "exited"]);
  copying.resume();
  expect(await panel.context.runtime.jobs.finished(id)).toMatchObject({ status: "succeeded" });
  for (const each of ids) await panel.until(each, "running");
});

test("what somebody stops while it waits for its turn stays stopped", async () => {
  await using panel = await createTestPanel();
  await withInstances(panel, ["anna"]);
  const places = Promise.withResolvers<void>();
  const taken = ["x", "y"].map((id) =>
    panel.context.runtime.live.starts.take(id, () => places.promise),
  );
  const { id } = await begin(panel, { mode: "at-once" });
  await panel.until("anna", "stopping");
  await panel.until("anna", "starting");
  await stopInstance(panel.context, "anna");
  places.resolve();
  await Promise.all(taken);
  expect(await panel.context.runtime.jobs.finished(id)).toMatchObject({
    status: "succeeded",
    result: { notStarted: [] },
  });
  expect(panel.context.runtime.live.board.get("anna").status).toBe("stopped");
});
