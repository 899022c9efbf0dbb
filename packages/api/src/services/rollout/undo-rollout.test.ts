import { describe, expect, test } from "vitest";
import { endOf, withInstances } from "../../../tests/support/batches.ts";
import { DEBUG, endedAs, textOf, textsOf } from "../../../tests/support/rollouts.ts";
import { revisionOf } from "../instance/config-revision.ts";
import { createInstance } from "../instance/create-instance.ts";
import { saveConfig } from "../instance/save-config.ts";

describe("an undo of a roll-out", () => {
  test("leaves alone what has changed since, and says so", async () => {
    await using app = await withInstances(["a", "b"]);
    const before = await textsOf(app, ["a", "b"]);
    const job = await app.client.configRollouts.run.mutate({ ids: ["a", "b"], patch: DEBUG });
    await endOf(app, job);
    const text = `${await textOf(app, "b")}// theirs\n`;
    const revision = revisionOf(await textOf(app, "b"));
    await saveConfig(app.context, { id: "b", text, revision });
    const undo = await app.client.configRollouts.undo.mutate({ id: job.id });
    expect(await endedAs(app, undo)).toEqual({
      status: "partial",
      said: { a: true, b: "CHANGED_SINCE" },
    });
    expect(await textsOf(app, ["a", "b"])).toEqual([before[0], text]);
  });

  test("is nothing for an instance that was deleted and made again", async () => {
    await using app = await withInstances(["a"]);
    const job = await app.client.configRollouts.run.mutate({ ids: ["a"], patch: DEBUG });
    await endOf(app, job);
    await app.client.instances.remove.mutate({ id: "a", deleteData: false });
    await createInstance(app.context, { id: "a", name: "another", start: false });
    await expect(app.client.configRollouts.undo.mutate({ id: job.id })).rejects.toMatchObject({
      data: { reason: "NOTHING_TO_UNDO" },
    });
    expect(await textOf(app, "a")).toContain("debug");
  });

  test("is of no other job", async () => {
    await using app = await withInstances(["a"]);
    const stop = await app.client.batches.run.mutate({ action: "start", ids: ["a"] });
    await endOf(app, stop);
    await expect(app.client.configRollouts.undo.mutate({ id: stop.id })).rejects.toMatchObject({
      data: { reason: "JOB_NOT_FOUND" },
    });
  });
});
