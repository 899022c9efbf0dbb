import { expect, test } from "vitest";
import { endOf, withInstances } from "../../../tests/support/batches.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { DEBUG, textOf } from "../../../tests/support/rollouts.ts";
import { formerText } from "./former-text.ts";

/** A stopped instance whose configuration a roll-out has changed. */
async function rolledOut() {
  const app = await withInstances(["a"]);
  const former = `// mine\r\n${await textOf(app, "a")}`;
  await app.context.disk.storage.writeConfig("a", former);
  const { id: jobId } = await app.client.configRollouts.run.mutate({ ids: ["a"], patch: DEBUG });
  await endOf(app, { id: jobId });
  const ask = async (ofJob: string | undefined = jobId) =>
    formerText(app.context, { id: "a", present: await textOf(app, "a"), jobId: ofJob });
  return { app, former, ask };
}

test("is the text before the roll-out, byte for byte", async () => {
  const { app, former, ask } = await rolledOut();
  await using _ = app;
  expect(await textOf(app, "a")).not.toBe(former);
  expect(await ask()).toBe(former);
});

test("is nothing once it is there again, whoever wrote it", async () => {
  const { app, former, ask } = await rolledOut();
  await using _ = app;
  await app.context.disk.storage.writeConfig("a", former);
  expect(await ask()).toBeNull();
});

test("is nothing for a job that wrote nothing", async () => {
  const { app, ask } = await rolledOut();
  await using _ = app;
  expect(await ask("another")).toBeNull();
  const { context } = app;
  expect(await formerText(context, { id: "a", present: "{}", jobId: undefined })).toBeNull();
  expect(await formerText(context, { id: "nobody", present: "{}", jobId: "another" })).toBeNull();
});

test("is refused over a change that came since", async () => {
  const { app, ask } = await rolledOut();
  await using _ = app;
  await app.context.disk.storage.writeConfig("a", `${await textOf(app, "a")}// theirs\n`);
  const { message } = await rejects(ask(), "CHANGED_SINCE");
  expect(message).toMatch(/^The configuration of a has changed since/);
});
