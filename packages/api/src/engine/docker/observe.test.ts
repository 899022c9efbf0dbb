import { LABEL } from "@claw/core/naming";
import type { ContainerInspectInfo } from "dockerode";
import { expect, test } from "vitest";
import { probeTarget } from "./health-probe.ts";
import { observe } from "./observe.ts";

type State = ContainerInspectInfo["State"];

/** The parts of an inspection that are read. */
function inspected(
  state: Partial<Omit<State, "Health">>,
  health?: string,
  hostIp = "127.0.0.1",
): ContainerInspectInfo {
  const info = {
    Id: "c0ffee",
    Image: "sha256:1",
    RestartCount: 2,
    State: {
      Status: "running",
      Running: true,
      Paused: false,
      Restarting: false,
      OOMKilled: false,
      ExitCode: 0,
      StartedAt: "2026-11-22T10:30:44.588123456Z",
      ...state,
      ...(health === undefined ? {} : { Health: { Status: health } }),
    },
    Config: { Image: "openclaw:local", Labels: { [LABEL.specHash]: "abc" } },
    NetworkSettings: { Ports: { "18789/tcp": [{ HostIp: hostIp, HostPort: "18800" }] } },
  };
  return info as unknown as ContainerInspectInfo;
}

const EXITED = { Status: "exited", Running: false };

test("reads a running container", () => {
  expect(observe(inspected({}, "healthy"), false)).toEqual({
    containerId: "c0ffee",
    specHash: "abc",
    image: "openclaw:local",
    state: "running",
    health: "healthy",
    restartCount: 2,
    exitCode: 0,
    outOfMemory: false,
    startedAt: "2026-11-22T10:30:44.588Z",
  });
});

test("takes an answer of the gateway before Docker's check decides, and only then", () => {
  expect(observe(inspected({}, "starting"), true).health).toBe("healthy");
  expect(observe(inspected({}, "starting"), false).health).toBe("starting");
  expect(observe(inspected({}, "unhealthy"), true).health).toBe("unhealthy");
  expect(observe(inspected(EXITED, "starting"), true).health).toBe("starting");
});

test("does not know a start of what does not run", () => {
  expect(observe(inspected(EXITED, "unhealthy"), false)).toMatchObject({
    state: "exited",
    startedAt: null,
  });
  const between = inspected({ Status: "restarting", Restarting: true, ExitCode: 78 }, "unhealthy");
  expect(observe(between, false)).toMatchObject({
    state: "restarting",
    startedAt: null,
    exitCode: 78,
  });
  const never = inspected({ Status: "created", Running: false, StartedAt: "0001-01-01T00:00:00Z" });
  expect(observe(never, false)).toMatchObject({
    state: "created",
    health: "none",
    startedAt: null,
  });
});

test("reads the end for want of memory, and states that it does not know", () => {
  expect(observe(inspected({ ...EXITED, OOMKilled: true }), false).outOfMemory).toBe(true);
  expect(observe(inspected({ Status: "levitating" }), false).state).toBe("running");
  expect(observe(inspected({ ...EXITED, Status: "levitating" }), false).state).toBe("exited");
});

test("probes where the port is published, as this machine sees it", () => {
  const url = (hostIp: string, hostname = "127.0.0.1") =>
    probeTarget("a", inspected({}, "starting", hostIp), hostname)?.url ?? null;
  expect(url("127.0.0.1")).toBe("http://127.0.0.1:18800/healthz");
  expect(url("0.0.0.0")).toBe("http://127.0.0.1:18800/healthz");
  expect(url("")).toBe("http://127.0.0.1:18800/healthz");
  expect(url("::1")).toBe("http://[::1]:18800/healthz");
  expect(url("192.168.1.5")).toBe("http://192.168.1.5:18800/healthz");
  expect(url("0.0.0.0", "docker.lan")).toBe("http://docker.lan:18800/healthz");
  expect(url("127.0.0.1", "docker.lan")).toBeNull();
});

test("probes only what runs and waits for Docker's verdict", () => {
  const target = (state: Partial<State>, health?: string) =>
    probeTarget("a", inspected(state, health), "127.0.0.1");
  expect(target({}, "starting")).toMatchObject({ id: "a", containerId: "c0ffee" });
  expect(target({}, "healthy")).toBeNull();
  expect(target({}, "unhealthy")).toBeNull();
  expect(target({})).toBeNull();
  expect(target({ Paused: true, Status: "paused" }, "starting")).toBeNull();
  expect(target({ Restarting: true, Status: "restarting" }, "starting")).toBeNull();
  expect(target(EXITED, "starting")).toBeNull();
});
