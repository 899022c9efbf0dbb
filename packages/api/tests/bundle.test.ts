import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClawClient } from "../src/client.ts";
import { eventually } from "./support/deadline.ts";
import { backupIdOf } from "./support/job-results.ts";
import { builtPanel, PanelProcess } from "./support/panel-process.ts";
import { makeHome } from "./support/test-app.ts";

let main: string[];
let home: string;
beforeAll(async () => {
  main = builtPanel();
  home = await makeHome();
}, 120_000);
afterAll(() => rm(home, { recursive: true, force: true }));

const start = () => PanelProcess.start({ CLAW_HOME: home, CLAW_ENGINE: "memory" }, main);

/** Waits for the end of a job that is to succeed, and answers with it. */
async function done({ jobs }: ClawClient, begun: Promise<{ id: string }>) {
  const { id } = await begun;
  const job = await eventually(async () => {
    const now = await jobs.get.query({ id });
    expect(now.finishedAt).not.toBeNull();
    return now;
  }, 30_000);
  expect(job).toMatchObject({ status: "succeeded", error: null });
  return job;
}

test("the built panel works as the sources do: database, password list, and a restore by its workers", async () => {
  await using panel = await start();
  const { backups, instances } = panel.client;
  await instances.create.mutate({ id: "anna", name: "Anna" });
  const kept = path.join(home, "instances/anna/data/kept.txt");
  await writeFile(kept, "before");
  const id = backupIdOf(await done(panel.client, backups.create.mutate({})));
  await writeFile(kept, "after");
  await done(panel.client, backups.restore.mutate({ id }));
  expect(await readFile(kept, "utf8")).toBe("before");
  expect(await panel.end("SIGTERM")).toBe(0);
}, 60_000);

test("the log of the built panel names the source of what nobody expected", async () => {
  await using panel = await start();
  using database = new DatabaseSync(path.join(home, "data/claw.db"));
  database.exec("DROP TABLE settings");
  await expect(panel.client.backups.policy.query()).rejects.toThrow("Something went wrong");
  const logged = await eventually(() => {
    const line = panel.lines.find((one) => one.includes("no such table: settings"));
    expect(line).toBeDefined();
    return line;
  });
  expect(logged).toMatch(/packages\/api\/src\/[\w/-]+\.ts:\d+:\d+/);
});
