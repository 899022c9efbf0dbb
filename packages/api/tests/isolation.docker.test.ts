import { stat } from "node:fs/promises";
import path from "node:path";
import type { ContainerInspectInfo } from "dockerode";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "./support/deadline.ts";
import { docker } from "./support/docker.ts";
import { DockerHome } from "./support/docker-home.ts";
import { PanelProcess } from "./support/panel-process.ts";

let place: DockerHome;
let panel: PanelProcess;
let anna: ContainerInspectInfo;
let ben: ContainerInspectInfo;

beforeAll(async () => {
  place = await DockerHome.make(23_200, "10.218.1.0/24");
  panel = await PanelProcess.start(place.env);
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
  await place?.[Symbol.asyncDispose]();
});

const addressOf = (info: ContainerInspectInfo) =>
  Object.values(info.NetworkSettings.Networks)[0]?.IPAddress ?? "";

const from = (name: string, ...argv: string[]) => docker("exec", `openclaw-${name}`, ...argv);

describe("a container", () => {
  test("may do no more than it needs", () => {
    const { HostConfig: host } = anna;
    expect(host.CapDrop).toEqual(["ALL"]);
    expect(host.CapAdd ?? []).toEqual([]);
    expect(host.SecurityOpt).toEqual(["no-new-privileges:true"]);
    expect(host.Privileged).toBe(false);
    expect(host.PidsLimit).toBe(512);
    expect(host.Memory).toBe(2 * 1024 ** 3);
    expect(host.Init).toBe(true);
    expect(host.Devices ?? []).toEqual([]);
    for (const mode of [host.PidMode, host.UTSMode, host.UsernsMode]) expect(mode).toBe("");
    expect(["private", "shareable"]).toContain(host.IpcMode);
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

  /** What one instance is answered by an address; wget's own `-T` crashes in the stub. */
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
