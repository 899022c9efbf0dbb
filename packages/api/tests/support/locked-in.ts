import path from "node:path";
import { containerName, isRestoreTestId, LABEL } from "@claw/core/naming";
import type { ContainerInspectInfo } from "dockerode";
import { expect } from "vitest";

/** Throws unless a home's container may do exactly what product.md allows an instance. */
export function expectLockedIn(info: ContainerInspectInfo, home: string): void {
  const { HostConfig: host, Config: config } = info;
  const id = config.Labels[LABEL.instance] ?? "";
  expect(info.Name).toBe(`/${containerName(id)}`);
  expect(config.Labels[LABEL.home]).toBe(home);
  expect(host, info.Name).toMatchObject({
    CapDrop: ["ALL"],
    SecurityOpt: ["no-new-privileges:true"],
    Privileged: false,
    PublishAllPorts: false,
    Init: true,
    PidsLimit: 512,
    Memory: 2 * 1024 ** 3,
    PidMode: "",
    UTSMode: "",
    UsernsMode: "",
  });
  expect(["private", "shareable"], info.Name).toContain(host.IpcMode);
  for (const key of [
    ...(["CapAdd", "Devices", "DeviceRequests", "DeviceCgroupRules", "VolumesFrom"] as const),
    ...(["Links", "GroupAdd", "ExtraHosts", "Mounts"] as const),
  ])
    expect(host[key] ?? [], `${info.Name}: ${key}`).toEqual([]);
  expect(host.Sysctls ?? {}).toEqual({});
  expectOwnFolders(info, path.join(home, "instances"), id);
  expectOwnNetwork(info, id);
}

/** Its two folders, or the staged ones of a restore test; no socket, volume or file of the host. */
function expectOwnFolders({ Mounts, Name }: ContainerInspectInfo, instances: string, id: string) {
  const found = Mounts.map(({ Type, Source, Destination }) => [Type, Source, Destination]);
  const folder = path.dirname(Mounts[0]?.Source ?? "");
  expect(found.sort(), Name).toEqual([
    ["bind", path.join(folder, "data"), "/home/node/.openclaw"],
    ["bind", path.join(folder, "logs"), "/var/log/openclaw"],
  ]);
  expect(path.dirname(folder), Name).toBe(instances);
  if (isRestoreTestId(id)) expect(path.basename(folder), Name).toMatch(/^\.staged-/);
  else expect(path.basename(folder), Name).toBe(id);
}

/** A network of its own and one port on loopback; a restore test has neither. */
function expectOwnNetwork({ HostConfig: host, Name }: ContainerInspectInfo, id: string) {
  if (isRestoreTestId(id)) {
    expect([host.NetworkMode, host.PortBindings], Name).toEqual(["none", {}]);
    return;
  }
  expect(host.NetworkMode, Name).toBe(containerName(id));
  expect(host.PortBindings, Name).toEqual({
    "18789/tcp": [{ HostIp: "127.0.0.1", HostPort: expect.stringMatching(/^\d+$/) }],
  });
}
