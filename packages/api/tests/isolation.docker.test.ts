import { stat } from "node:fs/promises";
import path from "node:path";
import type { Job } from "@claw/core/job";
import type { ContainerInspectInfo } from "dockerode";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CreatedContainers } from "./support/created-containers.ts";
import { eventually } from "./support/deadline.ts";
import { docker } from "./support/docker.ts";
import { DockerHome } from "./support/docker-home.ts";
import { backupIdOf } from "./support/job-results.ts";
import { expectLockedIn } from "./support/locked-in.ts";
import { PanelProcess } from "./support/panel-process.ts";

let place: DockerHome;
let created: CreatedContainers;
let panel: PanelProcess;
let anna: ContainerInspectInfo;
let ben: ContainerInspectInfo;

beforeAll(async () => {
  place = await DockerHome.make(23_200, "10.218.1.0/24");
  created = await CreatedContainers.watch(place.home);
  panel = await PanelProcess.start({ ...place.env, DOCKER_HOST: created.dockerHost });
  for (const id of ["anna", "ben"]) {
    await panel.client.instances.create.mutate({ id, name: id });
    await eventually(async () => {
      expect((await panel.client.instances.get.query({ id })).status).toBe("running");
    }, 30_000);
  }
  anna = await place.inspect("anna");
  ben = await place.inspect("ben");
});
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await created?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

const addressOf = (info: ContainerInspectInfo) =>
  Object.values(info.NetworkSettings.Networks)[0]?.IPAddress ?? "";

const from = (name: string, ...argv: string[]) => docker("exec", `openclaw-${name}`, ...argv);

describe("a container", () => {
  test("may do no more than it needs", () => {
    for (const info of [anna, ben]) expectLockedIn(info, place.home);
  });

  test("has really dropped its capabilities, as seen from inside", async () => {
    const status = await from("anna", "cat", "/proc/1/status");
    for (const set of ["CapPrm", "CapEff", "CapBnd"])
      expect(status).toMatch(new RegExp(`${set}:\\s+0{16}`));
    expect(status).toMatch(/NoNewPrivs:\s+1/);
  });

  test("sees its own two folders of the host, and no more", () => {
    const mounts = anna.Mounts.map(({ Source, Destination }) => [Source, Destination]).sort();
    const folder = path.join(place.home, "instances/anna");
    expect(mounts).toEqual([
      [path.join(folder, "data"), "/home/node/.openclaw"],
      [path.join(folder, "logs"), "/var/log/openclaw"],
    ]);
    expect(JSON.stringify(anna.HostConfig.Binds)).not.toContain("docker.sock");
  });

  test("runs as the owner of its folders, who is not root", async () => {
    const uid = Number(await from("anna", "id", "-u"));
    expect(uid).toBeGreaterThan(0);
    const data = path.join(place.home, "instances/anna/data");
    expect((await stat(data)).uid).toBe(uid);
    expect((await stat(path.join(data, "openclaw.json"))).mode & 0o777).toBe(0o600);
    await from("anna", "touch", "/home/node/.openclaw/probe", "/var/log/openclaw/probe");
  });

  test("is published on this machine only", () => {
    expect(anna.HostConfig.PortBindings).toEqual({
      "18789/tcp": [{ HostIp: "127.0.0.1", HostPort: "23200" }],
    });
  });
});

describe("its network", () => {
  test("is a bridge of its own, out of the pool, never the host's", async () => {
    expect(anna.HostConfig.NetworkMode).toBe("openclaw-anna");
    expect(Object.keys(anna.NetworkSettings.Networks)).toEqual(["openclaw-anna"]);
    const [network] = JSON.parse(await docker("network", "inspect", "openclaw-anna"));
    expect(network).toMatchObject({
      Driver: "bridge",
      IPAM: { Config: [{ Subnet: "10.218.1.0/29", Gateway: "10.218.1.1" }] },
    });
    expect(Object.keys(network.Containers)).toEqual([anna.Id]);
  });

  /** The answer that an instance gets from an address; wget's own `-T` crashes in the stub. */
  const ask = (id: string, address: string) =>
    from(id, "timeout", "3", "wget", "-q", "-O", "-", `http://${address}/healthz`);

  test("does not lead to another instance", async () => {
    for (const [one, other] of [
      ["anna", ben],
      ["ben", anna],
    ] as const) {
      expect(await ask(one, "127.0.0.1:18789")).toContain("ok");
      expect(addressOf(other)).toMatch(/^10\.218\.1\./);
      await expect(ask(one, `${addressOf(other)}:18789`)).rejects.toThrow();
    }
  });

  test("does not lead to another instance by the host's address either", async () => {
    const gateway = Object.values(anna.NetworkSettings.Networks)[0]?.Gateway ?? "";
    expect(gateway).toBe("10.218.1.1");
    await expect(ask("anna", `${gateway}:23201`)).rejects.toThrow();
  });
});

describe("every container that the panel makes is locked in", () => {
  const create = (id: string) => panel.client.instances.create.mutate({ id, name: id });
  const until = (id: string, status: string) =>
    eventually(async () => {
      expect((await panel.client.instances.get.query({ id })).status).toBe(status);
    }, 30_000);
  const remove = (id: string, deleteData: boolean) =>
    panel.client.instances.remove.mutate({ id, deleteData });

  /** Waits for the end of a job, which is to be this one. */
  async function done(
    begun: Promise<{ id: string }>,
    status: Job["status"] = "succeeded",
  ): Promise<Job> {
    const { id } = await begun;
    const job = await eventually(async () => {
      const now = await panel.client.jobs.get.query({ id });
      expect(now.finishedAt).not.toBeNull();
      return now;
    }, 60_000);
    expect(job).toMatchObject({ status, error: null });
    return job;
  }

  /** All the ways to a container, and how often each instance gets one. */
  async function goEveryWay(): Promise<void> {
    const { instances, backups } = panel.client;
    await Promise.all(["many-1", "many-2"].map(create));
    // The stub cannot ask a provider.
    const provider = { choice: "deepseek-api-key", apiKey: "k" };
    await done(instances.init.mutate({ id: "anna", provider }), "partial");
    const id = backupIdOf(await done(backups.create.mutate({ instanceIds: ["anna"] })));
    await done(backups.test.mutate({ id }));
    const copies = [{ from: "anna", id: "copy", name: "Copy" }];
    await done(backups.restore.mutate({ id, copies }));
    await done(backups.restore.mutate({ id }));
    const [before] = await backups.snapshots.query();
    await done(backups.revert.mutate({ id: before?.id ?? "" }));
    await remove("anna", true);
    await done(backups.restore.mutate({ id }));
    await remove("anna", false);
    await create("anna");
    await docker("rm", "-f", "openclaw-many-1");
    await until("many-1", "error");
    await instances.start.mutate({ id: "many-1" });
    await until("many-1", "running");
  }

  test("however it comes to be, and none is made that does not carry the home's label", {
    timeout: 240_000,
  }, async () => {
    await goEveryWay();
    const all = await created.inspected();
    for (const info of all) expectLockedIn(info, place.home);
    const names = all.map(({ Name }) => Name.replace("/openclaw-", ""));
    expect([...new Set(names.map((name) => name.replace(/^trial\..*/, "trial")))].sort()).toEqual([
      ...["anna", "ben", "copy", "many-1", "many-2", "trial"],
    ]);
    expect(names.filter((name) => name === "anna").length).toBeGreaterThanOrEqual(3);
    expect(created.asked.map((name) => name.replace("openclaw-", "")).sort()).toEqual(names.sort());
  });
});
