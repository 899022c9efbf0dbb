import { expect, test } from "vitest";
import { endOf, withInstances } from "../../../tests/support/batches.ts";
import { DEBUG, inDebug, textOf } from "../../../tests/support/rollouts.ts";
import { removeInstance } from "../instance/remove-instance.ts";
import { writtenBy, writtenTo } from "./written-by.ts";

const IDS = ["a", "b", "c"];

test("names the instances where a roll-out has left something to undo", async () => {
  await using app = await withInstances(IDS);
  const { storage } = app.context.disk;
  const before = await textOf(app, "b");
  await storage.writeConfig("c", inDebug(await textOf(app, "c")));
  const job = await app.client.configRollouts.run.mutate({ ids: IDS, patch: DEBUG });
  await endOf(app, job);
  // Its former text is back.
  await storage.writeConfig("b", before);
  const isWritten = await writtenBy(app.context, IDS, job.id);
  expect(IDS.filter(isWritten)).toEqual(["a"]);
  const none = await writtenBy(app.context, IDS, "another");
  expect(IDS.filter(none)).toEqual([]);
});

test("settles a write that was cut off, by the text in the file", async () => {
  await using app = await withInstances(["a"]);
  app.faults.failNext("store.confirmConfigVersion");
  const job = await app.client.configRollouts.run.mutate({ ids: ["a"], patch: DEBUG });
  await endOf(app, job);
  const { uid = "" } = app.context.runtime.live.board.identityOf("a") ?? {};
  expect((await app.context.store.newestConfigVersion(uid))?.isPending).toBe(true);
  expect(await writtenTo(app.context, "a", job.id)).toEqual({
    ...{ uid, replaced: 1, isPresent: true },
  });
});

test("knows whether another text came since", async () => {
  await using app = await withInstances(["a"]);
  const job = await app.client.configRollouts.run.mutate({ ids: ["a"], patch: DEBUG });
  await endOf(app, job);
  await app.context.disk.storage.writeConfig("a", "{ theirs: 1 }");
  expect(await writtenTo(app.context, "a", job.id)).toMatchObject({ isPresent: false });
  await removeInstance(app.context, { id: "a", deleteData: false });
  expect(await writtenTo(app.context, "a", job.id)).toBeNull();
});
