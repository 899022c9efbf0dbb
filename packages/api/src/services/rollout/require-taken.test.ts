import { failuresOf } from "@claw/core/job";
import { describe, expect, test } from "vitest";
import { endOf } from "../../../tests/support/batches.ts";
import { eventually } from "../../../tests/support/deadline.ts";
import { DEBUG, endedAs, textOf, withRunning, written } from "../../../tests/support/rollouts.ts";
import type { TestApp } from "../../../tests/support/test-app.ts";
import { revisionOf } from "../instance/config-revision.ts";
import { removeInstance } from "../instance/remove-instance.ts";
import { saveConfig } from "../instance/save-config.ts";
import { stopInstance } from "../instance/stop-instance.ts";

test("a roll-out goes on after a minute in which a gateway says nothing and keeps running", async () => {
  await using app = await withRunning(["a", "b"]);
  const patch = { gateway: { controlUi: { basePath: "/x" } }, ...DEBUG };
  const job = await app.client.configRollouts.run.mutate({
    ...{ ids: ["a", "b"], patch, options: { wave: 1, stopAtFirstFailure: true } },
  });
  for (const id of ["a", "b"]) {
    await written(app, id);
    // A restart is awaited to its end: that it begins is no proof.
    app.engine.write(
      id,
      "stdout",
      "[reload] config change requires gateway restart (gateway.controlUi.basePath)",
    );
    await eventually(() => expect(app.context.runtime.live.saved.find(id)?.isAccepted).toBe(true));
    expect((await app.client.jobs.get.query({ id: job.id })).status).toBe("running");
    app.host.advance(60_000);
  }
  expect(await endedAs(app, job)).toEqual({ status: "succeeded", said: { a: true, b: true } });
});

describe("an instance that leaves a roll-out meanwhile", () => {
  /** Of two instances that run; the second one follows once the first is done. */
  async function midway(patch: object = {}) {
    const app = await withRunning(["a", "b"]);
    const job = await app.client.configRollouts.run.mutate({
      ...{ ids: ["a", "b"], patch: { ...DEBUG, ...patch }, options: { wave: 1 } },
    });
    await written(app, "a");
    return { app, job };
  }

  /** The clock of the test stands: nobody has waited for a minute. */
  async function taken(app: TestApp, id: string) {
    await written(app, id);
    app.engine.write(id, "stdout", "[reload] config hot reload applied (logging.level)");
  }

  test.each([
    ["applies it at once", {}],
    ["restarts itself for it", { gateway: { controlUi: { basePath: "/x" } } }],
  ])("has the text for its next start when it is stopped: a gateway that %s", async (_, patch) => {
    const { app, job } = await midway(patch);
    await using __ = app;
    await stopInstance(app.context, "a");
    await written(app, "b");
    await stopInstance(app.context, "b");
    expect(await endedAs(app, job)).toEqual({ status: "succeeded", said: { a: true, b: true } });
    expect(await textOf(app, "a")).toContain("debug");
  });

  test("is told as deleted when it is", async () => {
    const { app, job } = await midway();
    await using _ = app;
    await removeInstance(app.context, { id: "a", deleteData: false });
    await taken(app, "b");
    expect(await endedAs(app, job)).toEqual({
      ...{ status: "partial", said: { a: "INSTANCE_NOT_FOUND", b: true } },
    });
    const [failure] = failuresOf(await endOf(app, job));
    expect(failure?.message).toBe("a was deleted before its gateway had taken the change.");
  });

  test("is done when somebody saves another text, who sees what becomes of that", async () => {
    const { app, job } = await midway();
    await using _ = app;
    const text = await textOf(app, "a");
    const revision = revisionOf(text);
    await saveConfig(app.context, { id: "a", text: `${text}// theirs\n`, revision });
    await taken(app, "b");
    expect(await endedAs(app, job)).toEqual({ status: "succeeded", said: { a: true, b: true } });
  });
});
