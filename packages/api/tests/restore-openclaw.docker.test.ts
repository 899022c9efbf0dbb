import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { InstanceId } from "@claw/core/instance";
import { parseJson5Object } from "@claw/core/json5-edit";
import { readToken, valueAt } from "@claw/core/openclaw-config";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "./support/deadline.ts";
import { DockerHome } from "./support/docker-home.ts";
import { restoredBy } from "./support/job-results.ts";
import { PanelProcess } from "./support/panel-process.ts";

const OPENCLAW_IMAGE = process.env.CLAW_TEST_OPENCLAW_IMAGE ?? "openclaw:local";
/** A busy machine needs a minute for a start, and a job has up to two. */
const PATIENCE_MS = 240_000;
const NOTE = "// 这一行是面板的使用者写的";

let place: DockerHome;
let panel: PanelProcess;

const instances = () => panel.client.instances;
const backups = () => panel.client.backups;
const until = (id: string, status: string) =>
  eventually(
    async () => expect((await instances().get.query({ id })).status).toBe(status),
    PATIENCE_MS,
  );

async function succeeded(begun: Promise<{ id: string }>) {
  const { id } = await begun;
  const job = await eventually(async () => {
    const now = await panel.client.jobs.get.query({ id });
    expect(now.finishedAt).not.toBeNull();
    return now;
  }, PATIENCE_MS);
  expect(job.error).toBeNull();
  expect(job.status).toBe("succeeded");
  return job;
}

const dataOf = (id: InstanceId) => path.join(place.home, "instances", id, "data");

/** Rows of every table of the gateway's database but the lease, which says who runs it now. */
function rowsOf(id: InstanceId): Record<string, unknown[]> {
  using database = new DatabaseSync(path.join(dataOf(id), "state/openclaw.sqlite"), {
    readOnly: true,
  });
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  return Object.fromEntries(
    tables
      .map(({ name }) => String(name))
      .filter((name) => name !== "state_leases")
      .sort()
      .map((name) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]),
  );
}

const tokenWorks = async (id: InstanceId, token: string) => {
  const { port } = await instances().get.query({ id });
  const { status } = await fetch(`http://127.0.0.1:${port}/control-ui-config.json`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return status === 200;
};

beforeAll(async () => {
  place = await DockerHome.make(23_800, "10.218.8.0/24");
  panel = await PanelProcess.start({
    ...place.env,
    CLAW_IMAGE: OPENCLAW_IMAGE,
    CLAW_INSTANCE_DOMAIN: "none",
  });
}, PATIENCE_MS);
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

test("a real gateway comes back from a backup after it was deleted with its data", {
  timeout: 2 * PATIENCE_MS,
}, async () => {
  await instances().create.mutate({ id: "anna", name: "安娜" });
  await until("anna", "running");
  const { text, revision } = await instances().readConfig.query({ id: "anna" });
  const edited = `${NOTE}\n${text}`;
  await instances().saveConfig.mutate({ id: "anna", text: edited, revision });
  // The gateway's database is compared at rest.
  await instances().stop.mutate({ id: "anna" });
  const rows = rowsOf("anna");
  expect(Object.keys(rows).length).toBeGreaterThan(3);
  await succeeded(backups().create.mutate({ instanceIds: ["anna"] }));
  const [backup] = await backups().list.query();
  const id = backup?.id ?? "";
  const before = await instances().get.query({ id: "anna" });

  await instances().remove.mutate({ id: "anna", deleteData: true });
  expect(await readdir(path.join(place.home, "instances"))).not.toContain("anna");
  await succeeded(backups().restore.mutate({ id }));
  expect(await instances().get.query({ id: "anna" })).toMatchObject({
    name: "安娜",
    port: before.port,
    createdAt: before.createdAt,
    desired: "stopped",
  });
  expect(await readFile(path.join(dataOf("anna"), "openclaw.json"), "utf8")).toBe(edited);
  expect(rowsOf("anna")).toEqual(rows);
  const { uid, gid } = await stat(dataOf("anna"));
  expect(await stat(path.join(dataOf("anna"), "openclaw.json"))).toMatchObject({ uid, gid });

  await instances().start.mutate({ id: "anna" });
  await until("anna", "running");
  expect(await tokenWorks("anna", readToken(text))).toBe(true);
});

test("a real gateway that runs is replaced, and is healthy when the job is done", {
  timeout: 2 * PATIENCE_MS,
}, async () => {
  const { text } = await instances().readConfig.query({ id: "anna" });
  await succeeded(backups().create.mutate({ instanceIds: ["anna"] }));
  await until("anna", "running");
  const [backup] = await backups().list.query();
  expect(backup?.instances).toMatchObject([{ id: "anna" }]);
  const { revision } = await instances().readConfig.query({ id: "anna" });
  const changed = text.replace(NOTE, "// 后来");
  await instances().saveConfig.mutate({ id: "anna", text: changed, revision });
  const job = await succeeded(backups().restore.mutate({ id: backup?.id ?? "" }));
  const { port } = await instances().get.query({ id: "anna" });
  expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()).toMatchObject({
    ok: true,
  });
  expect((await instances().readConfig.query({ id: "anna" })).text).toBe(text);
  const copies = await backups().snapshots.query();
  expect(copies.map((copy) => copy.id)).toEqual([restoredBy(job)[0]?.snapshotId]);
});

test("a copy of a real gateway runs beside it; in a restore test it is healthy without any network", {
  timeout: 3 * PATIENCE_MS,
}, async () => {
  const [backup] = await backups().list.query();
  const id = backup?.id ?? "";
  const copies = [{ from: "anna", id: "bella", name: "Bella" }];
  await succeeded(backups().restore.mutate({ id, copies }));
  for (const each of ["anna", "bella"]) await until(each, "running");
  const [original, copy] = await Promise.all(
    ["anna", "bella"].map(async (each) => (await instances().readConfig.query({ id: each })).text),
  );
  const token = readToken(copy ?? "");
  expect(token).not.toBe(readToken(original ?? ""));
  expect(await tokenWorks("bella", token)).toBe(true);
  expect(await tokenWorks("bella", readToken(original ?? ""))).toBe(false);
  expect(await tokenWorks("anna", readToken(original ?? ""))).toBe(true);
  // The gateway itself takes the configuration with its channels off.
  const config = parseJson5Object(copy ?? "");
  expect(valueAt(config, ["channels", "telegram", "enabled"])).toBe(false);
  await instances().remove.mutate({ id: "bella", deleteData: true });

  const trial = await succeeded(backups().test.mutate({ id }));
  expect(trial.result).toMatchObject({ instanceId: "anna", healthy: true, message: null });
  expect((await backups().get.query({ id })).provenAt).not.toBeNull();
  expect(await place.containers()).toEqual(["anna"]);
});
