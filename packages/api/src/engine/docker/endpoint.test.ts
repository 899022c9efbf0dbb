import type { ContainerInspectInfo } from "dockerode";
import { expect, test } from "vitest";
import { endpointOf } from "./endpoint.ts";

const inspected = (HostIp: string, state: object = {}) =>
  ({
    State: { Running: true, Paused: false, Restarting: false, ...state },
    NetworkSettings: { Ports: { "18789/tcp": [{ HostIp, HostPort: "20001" }] } },
  }) as unknown as ContainerInspectInfo;
const at = (host: string) => ({ host, port: 20_001 });

test("of a local Docker is the published address, or the loopback one of all addresses", () => {
  expect(endpointOf(inspected("127.0.0.1"), "127.0.0.1")).toEqual(at("127.0.0.1"));
  expect(endpointOf(inspected("10.1.2.3"), "127.0.0.1")).toEqual(at("10.1.2.3"));
  expect(endpointOf(inspected("::1"), "127.0.0.1")).toEqual(at("::1"));
  for (const everywhere of ["", "0.0.0.0", "::"])
    expect(endpointOf(inspected(everywhere), "127.0.0.1")).toEqual(at("127.0.0.1"));
});

test("of a Docker on another machine is at that machine, and never its loopback address", () => {
  expect(endpointOf(inspected("0.0.0.0"), "docker.lan")).toEqual(at("docker.lan"));
  expect(endpointOf(inspected("0.0.0.0"), "[fd00::2]")).toEqual(at("fd00::2"));
  expect(endpointOf(inspected("127.0.0.1"), "docker.lan")).toBeNull();
});

test("is null while no process could answer, and when no port is published", () => {
  for (const state of [{ Running: false }, { Paused: true }, { Restarting: true }])
    expect(endpointOf(inspected("127.0.0.1", state), "127.0.0.1")).toBeNull();
  const other = inspected("127.0.0.1");
  other.NetworkSettings.Ports = { "80/tcp": [{ HostIp: "", HostPort: "80" }] };
  expect(endpointOf(other, "127.0.0.1")).toBeNull();
});
