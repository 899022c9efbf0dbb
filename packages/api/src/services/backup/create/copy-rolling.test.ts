import { DomainError } from "@claw/core/errors";
import { failuresOf } from "@claw/core/job";
import { expect, test } from "vitest";
import { backUp, begin, withInstances } from "../../../../tests/support/backup-home.ts";
import { eventually } from "../../../../tests/support/deadline.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { stopInstance } from "../../instance/stop-instance.ts";

test("at most two instances are down at a time, and each until it has come up", async () => {
  await using panel = await createTestPanel();
  const ids = ["a", "b", "c", "d", "e"];
  await withInstances(panel, ids);
  const ends = new AbortController();
  let most = 0;
  const watching = (async () => {
    for await (const _ of panel.context.runtime.live.board.watch(ends.signal)) {
      const down = panel.context.runtime.live.board
        .list()
        .filter(({ status }) => status !== "running");
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
  const taken = ["x", "y"].map((id) =>
    panel.context.runtime.live.starts.take(id, () => places.promise),
  );
  const { id } = await begin(panel);
  await eventually(async () =>
    expect((await panel.context.runtime.jobs.get(id)).step).toBe("backup.copy"),
  );
  expect(panel.context.runtime.live.board.get("anna").status).toBe("running");
  places.resolve();
  await Promise.all(taken);
  expect(await panel.context.runtime.jobs.finished(id)).toMatchObject({ status: "succeeded" });
});

test("after one that does not come up again no further one is taken down", async () => {
  await using panel = await createTestPanel();
  const ids = ["a", "b", "c", "d", "e", "f"];
  await withInstances(panel, ids);
  await stopInstance(panel.context, "f");
  const refuse = () => {
    panel.faults.onNext("engine.start", refuse);
    throw new DomainError("ENGINE_FAILED", "No chain of that name.");
  };
  panel.faults.onNext("engine.start", refuse);
  panel.faults.record();
  const job = await backUp(panel);
  const stopped = panel.faults.calls.filter(({ method }) => method === "engine.stop");
  // Two lanes: the second was down already.
  expect(stopped.length).toBeLessThanOrEqual(2);
  const down = stopped.map(({ args }) => args[0]);
  const left = ["a", "b", "c", "d", "e"].filter((id) => !down.includes(id));
  const failed = failuresOf(job);
  expect(job.status).toBe("partial");
  expect(failed.map(({ id }) => id).sort()).toEqual(["a", "b", "c", "d", "e"]);
  for (const id of left) {
    expect(panel.context.runtime.live.board.get(id).status).toBe("running");
    expect(failed.find((each) => each.id === id)?.message).toMatch(
      new RegExp(`^${id} was left alone, as [ab] did not come up again: No chain`),
    );
  }
  // Stopped instances are backed up as well.
  const [backup] = await panel.context.store.listBackups();
  expect(backup?.instances.map(({ id }) => id)).toEqual([...down, "f"].sort());
});
