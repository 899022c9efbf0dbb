import { expect, test } from "vitest";
import { withInstances } from "../../../tests/support/batches.ts";
import { DEBUG, endedAs, inDebug, textOf } from "../../../tests/support/rollouts.ts";

test("a roll-out changes the text that is there when its turn comes", async () => {
  await using app = await withInstances(["a"]);
  const pause = app.faults.pauseNext("store.findRollout");
  const job = await app.client.configRollouts.run.mutate({ ids: ["a"], patch: DEBUG });
  await pause.reached;
  const theirs = `${await textOf(app, "a")}// theirs\n`;
  await app.context.disk.storage.writeConfig("a", theirs);
  pause.resume();
  expect((await endedAs(app, job)).status).toBe("succeeded");
  expect(await textOf(app, "a")).toBe(inDebug(theirs));
  const undo = await app.client.configRollouts.undo.mutate({ id: job.id });
  expect((await endedAs(app, undo)).status).toBe("succeeded");
  expect(await textOf(app, "a")).toBe(theirs);
});
