import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { DEBUG, endedAs, withRunning, written } from "../../../tests/support/rollouts.ts";

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
