import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "./support/deadline.ts";
import { DockerHome } from "./support/docker-home.ts";
import { PanelProcess } from "./support/panel-process.ts";

const OPENCLAW_IMAGE = process.env.CLAW_TEST_OPENCLAW_IMAGE ?? "openclaw:local";
/** A busy machine needs a minute for a start. */
const PATIENCE_MS = 240_000;
const ids = ["anna", "ben"];

let place: DockerHome;
let panel: PanelProcess;

beforeAll(async () => {
  place = await DockerHome.make(25_200, "10.218.36.0/24");
  panel = await PanelProcess.start({ ...place.env, CLAW_IMAGE: OPENCLAW_IMAGE });
  for (const id of ids) await panel.client.instances.create.mutate({ id, name: id });
  for (const id of ids)
    await eventually(async () => {
      expect((await panel.client.instances.get.query({ id })).status).toBe("running");
    }, PATIENCE_MS);
}, 2 * PATIENCE_MS);
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

const texts = () =>
  Promise.all(ids.map(async (id) => (await panel.client.instances.readConfig.query({ id })).text));

/** How the job ended, by instance. */
const end = (id: string) =>
  eventually(async () => {
    const job = await panel.client.jobs.get.query({ id });
    expect(job.finishedAt).not.toBeNull();
    const results = job.kind === "batch" ? (job.result?.results ?? []) : [];
    return Object.fromEntries(results.map((each) => [each.id, each.reason ?? each.ok]));
  }, PATIENCE_MS);

test("real gateways take a roll-out and its undo, and one that refuses it ends it", {
  timeout: 4 * PATIENCE_MS,
}, async () => {
  const before = await texts();
  const run = (patch: Record<string, unknown>, wave: number) =>
    panel.client.configRollouts.run.mutate({
      ids,
      patch,
      options: { wave, stopAtFirstFailure: true },
    });

  // No schema can say that one key excludes another.
  const refused = await run({ tools: { allow: ["read"], alsoAllow: ["exec"] } }, 1);
  expect(await end(refused.id)).toEqual({ anna: "CONFIG_NOT_TAKEN", ben: "NOT_BEGUN" });
  expect(await texts()).toEqual(before);

  // Both at once: a gateway may take a minute to say what it makes of a change.
  const taken = await run({ logging: { level: "debug" } }, ids.length);
  expect(await end(taken.id)).toEqual({ anna: true, ben: true });
  for (const text of await texts()) expect(text).toMatch(/\/\/.*\n.*level: "debug"/s);
  const undo = await panel.client.configRollouts.undo.mutate({ id: taken.id });
  expect(await end(undo.id)).toEqual({ anna: true, ben: true });
  expect(await texts()).toEqual(before);
});
