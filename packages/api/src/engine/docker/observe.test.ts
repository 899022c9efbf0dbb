import { LABEL } from "@claw/core/naming";
import type { ContainerInspectInfo } from "dockerode";
import { describe, expect, test } from "vitest";
import { probeTarget } from "./health-probe.ts";
import { observe } from "./observe.ts";

type State = ContainerInspectInfo["State"];

/** The parts of an inspection that the driver reads. */
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
      ...(health === undefined ? {} : { Health: { Status: health, Log: [] } }),
    },
    Config: { Image: "openclaw:local", Labels: { [LABEL.specHash]: "abc" } },
    NetworkSettings: { Ports: { "18789/tcp": [{ HostIp: hostIp, HostPort: "18800" }] } },
  };
  return info as unknown as ContainerInspectInfo;
}

const NOW = Date.parse("2026-11-22T10:31:00Z");
const observed = (info: ContainerInspectInfo, answered = false) =>
  observe(info, { answeredAt: answered ? NOW - 1_000 : null, now: NOW });

const EXITED = { Status: "exited", Running: false };

test("reads a running container", () => {
  expect(observed(inspected({}, "healthy"))).toEqual({
    containerId: "c0ffee",
    specHash: "abc",
    image: "openclaw:local",
    imageId: "sha256:1",
    state: "running",
    health: "healthy",
    answered: true,
    restartCount: 2,
    exitCode: 0,
    outOfMemory: false,
    startedAt: "2026-11-22T10:30:44.588Z",
  });
});

test("takes an answer of the gateway before Docker's check decides, and only then", () => {
  expect(observed(inspected({}, "starting"), true).health).toBe("healthy");
  expect(observed(inspected({}, "starting")).health).toBe("starting");
  expect(observed(inspected({}, "unhealthy"), true).health).toBe("unhealthy");
  expect(observed(inspected(EXITED, "starting"), true).health).toBe("starting");
});

test("takes an answer for newer than the last check of Docker that failed, until the next", () => {
  const checked = (msAgo: number) => {
    const info = inspected({}, "unhealthy");
    const Log = [NOW - 60_000, NOW - msAgo].map((at) => ({ End: new Date(at).toISOString() }));
    Object.assign(info.State.Health ?? {}, { Log });
    return observed(info, true);
  };
  expect(checked(5_000)).toMatchObject({ health: "healthy", answered: true });
  expect(checked(500)).toMatchObject({ health: "unhealthy", answered: true });
});

test("does not know a start of what does not run", () => {
  expect(observed(inspected(EXITED, "unhealthy"))).toMatchObject({
    state: "exited",
    startedAt: null,
  });
  const between = inspected({ Status: "restarting", Restarting: true, ExitCode: 78 }, "unhealthy");
  expect(observed(between)).toMatchObject({
    state: "restarting",
    startedAt: null,
    exitCode: 78,
  });
  const never = inspected({ Status: "created", Running: false, StartedAt: "0001-01-01T00:00:00Z" });
  expect(observed(never)).toMatchObject({
    state: "created",
    health: "none",
    startedAt: null,
  });
});

test("reads the end for want of memory, and states that it does not know", () => {
  expect(observed(inspected({ ...EXITED, OOMKilled: true })).outOfMemory).toBe(true);
  expect(observed(inspected({ Status: "levitating" })).state).toBe("running");
  expect(observed(inspected({ ...EXITED, Status: "levitating" })).state).toBe("exited");
});

describe("whether the gateway has answered in this run", () => {
  const MINUTE = 60_000;
  /** 15 s and 10 s, after a start period of two minutes: the compose template's check. */
  function unwell(upForMs: number, FailingStreak: number, status = "unhealthy") {
    const info = inspected({ StartedAt: new Date(NOW - upForMs).toISOString() }, status);
    const Healthcheck = { Interval: 15e9, Timeout: 10e9, StartPeriod: 120e9 };
    Object.assign(info.Config, { Healthcheck });
    Object.assign(info.State.Health ?? {}, { FailingStreak });
    return info;
  }

  test("is what the panel saw itself", () => {
    expect(observed(unwell(3 * MINUTE, 4), true).answered).toBe(true);
    expect(observed(unwell(3 * MINUTE, 4)).answered).toBe(false);
  });

  test("shows in how short a time Docker's check has failed in a row", () => {
    expect(observed(unwell(60 * MINUTE, 6)).answered).toBe(true);
    // Every check since the end of the start period, at its slowest and its fastest.
    expect(observed(unwell(12 * MINUTE, 24)).answered).toBe(false);
    expect(observed(unwell(12 * MINUTE, 40)).answered).toBe(false);
    expect(observed(unwell(200_000, 4)).answered).toBe(false);
    expect(observed(unwell(60_000, 0, "starting")).answered).toBe(false);
  });

  test("is not known of a run that is over, nor without a check", () => {
    expect(observed(inspected(EXITED, "unhealthy"), true).answered).toBe(false);
    expect(observed(inspected({}, "unhealthy")).answered).toBe(false);
  });
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
