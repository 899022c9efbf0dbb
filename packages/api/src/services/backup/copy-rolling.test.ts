import { expect, test } from "vitest";
import { backUp, begin, withInstances } from "../../../tests/support/backup-home.ts";
import { eventually } from "../../../tests/support/deadline.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";

test("at most two instances are down at a time, and each until it has come up", async () => {
  await using panel = await createTestPanel();
  const ids = ["a", "b", "c", "d", "e"];
  await withInstances(panel, ids);
  const ends = new AbortController();
  let most = 0;
  const watching = (async () => {
    for await (const _ of panel.context.live.board.watch(ends.signal)) {
      const down = panel.context.live.board.list().filter(({ status }) => status !== "running");
      most = Math.max(most, down.length);
    }
  })();
  await backUp(panel);
  ends.abort();
  await watching;
  expect(most).toBe(2);
});

test("an instance is not stopped before its place in the queue of starts is free", async () => {
  await using panel = await createTestPanel();
  await withInstances(panel, ["anna"]);
  const places = Promise.withResolvers<void>();
  const taken = ["x", "y"].map((id) => panel.context.live.starts.take(id, () => places.promise));
  const { id } = await begin(panel);
  await eventually(async () => expect((await panel.context.jobs.get(id)).step).toBe("backup.copy"));
  expect(panel.context.live.board.get("anna").status).toBe("running");
  places.resolve();
  await Promise.all(taken);
  expect(await panel.context.jobs.finished(id)).toMatchObject({ status: "succeeded" });
});
