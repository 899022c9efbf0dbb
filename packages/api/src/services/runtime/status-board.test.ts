import { runOf } from "@claw/core/folder-status";
import type { WatchEvent } from "@claw/core/instance-views";
import type { Activity } from "@claw/core/status";
import { STARTING_LIMIT_MS } from "@claw/core/status";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { settled } from "../../../tests/support/deadline.ts";
import { containerOf, specOf } from "../../../tests/support/specs.ts";
import { createStatusBoard } from "./status-board.ts";

function setUp() {
  const activities = new Map<string, Activity>();
  const board = createStatusBoard({
    urlOf: ({ port }) => `http://127.0.0.1:${port}/`,
    opensBy: ({ image }) => (image === "openclaw:test" ? "token-migratable" : "token"),
    now: () => Date.now(),
    activityOf: (id) => activities.get(id) ?? null,
  });
  board.setReachable(true);
  return { board, activities };
}

type Board = ReturnType<typeof setUp>["board"];

/** A viewer that reads when it is told to, after its snapshot. */
async function viewer(board: Board) {
  const leaving = new AbortController();
  const events = board.watch(leaving.signal);
  const first = (await events.next()).value as WatchEvent;
  const second = (await events.next()).value as WatchEvent;
  return {
    first,
    second,
    leave: () => leaving.abort(),
    next: async () => (await events.next()).value as WatchEvent,
    /** Events ready to read. */
    async rest(): Promise<WatchEvent[]> {
      const seen: WatchEvent[] = [];
      void (async () => {
        for await (const event of events) seen.push(event);
      })();
      await settled();
      leaving.abort();
      return seen;
    },
  };
}

const anna = specOf({ id: "anna", name: "Anna" });

describe("what the page shows of an instance", () => {
  test("is its spec joined with what the engine says", () => {
    const { board } = setUp();
    board.setSpec(anna);
    board.setObserved("anna", containerOf({ restartCount: 2 }));
    expect(board.get("anna")).toEqual({
      id: "anna",
      uid: anna.uid,
      name: "Anna",
      port: 20_000,
      status: "running",
      statusReason: null,
      statusDetail: null,
      desired: "running",
      url: "http://127.0.0.1:20000/",
      opensBy: "token-migratable",
      owner: null,
      group: null,
      tags: [],
      webhookPaths: [],
      pendingChange: null,
      image: "openclaw:test",
      restartCount: 2,
      startedAt: "2026-01-01T00:00:00.000Z",
      createdAt: "2026-01-01T00:00:00.000Z",
      updatedAt: "2026-01-01T00:00:00.000Z",
    });
  });

  test("is refused when there is none", () => {
    const { board } = setUp();
    expect(() => board.get("anna")).toThrow(
      expect.objectContaining({ reason: "INSTANCE_NOT_FOUND" }),
    );
    expect(board.find("anna")).toBeNull();
    expect(board.observedOf("anna")).toBeNull();
  });

  test("comes in the order of the ids", () => {
    const { board } = setUp();
    for (const id of ["b", "a1", "a", "a-1"]) board.setSpec(specOf({ id }));
    expect(board.list().map(({ id }) => id)).toEqual(["a", "a-1", "a1", "b"]);
  });

  test("is unknown while the engine cannot be reached, whatever was seen before", () => {
    const { board } = setUp();
    board.setSpec(anna);
    board.setObserved("anna", containerOf());
    board.setReachable(false);
    expect(board.get("anna")).toMatchObject({
      status: "unknown",
      statusDetail: { code: "ENGINE_UNREACHABLE" },
    });
    board.setReachable(true);
    expect(board.get("anna").status).toBe("running");
  });

  test("says what the panel is doing with it", () => {
    const { board, activities } = setUp();
    board.setSpec(anna);
    board.setObserved("anna", containerOf());
    activities.set("anna", "stopping");
    board.touch("anna");
    expect(board.get("anna").status).toBe("stopping");
  });

  test("does not decide whether it takes requests: its container does", () => {
    const { board, activities } = setUp();
    expect(board.isServing("anna")).toBe(false);
    board.setSpec(anna);
    const serves = (activity: Activity | null, container: Parameters<typeof containerOf>[0]) => {
      if (activity) activities.set("anna", activity);
      else activities.delete("anna");
      board.setObserved("anna", containerOf(container));
      return board.isServing("anna");
    };
    for (const activity of [null, "stopping", "restarting", "backing-up"] as const) {
      expect(serves(activity, {})).toBe(true);
      expect(serves(activity, { health: "starting", answered: false })).toBe(false);
      expect(serves(activity, { state: "paused" })).toBe(false);
      expect(serves(activity, { state: "exited", startedAt: null })).toBe(false);
    }
    board.setObserved("anna", containerOf());
    board.setReplaced("anna", runOf(board.observedOf("anna")));
    expect(board.isServing("anna")).toBe(false);
    board.setReplaced("anna", null);
    board.setReachable(false);
    expect(board.isServing("anna")).toBe(false);
  });

  test("is stopped, not starting, when it waits for its turn but shall not start any more", () => {
    const { board, activities } = setUp();
    activities.set("anna", "queued");
    board.setSpec(anna);
    expect(board.get("anna")).toMatchObject({
      status: "starting",
      statusDetail: { code: "QUEUED" },
    });
    board.setSpec({ ...anna, desired: "stopped" });
    expect(board.get("anna").status).toBe("stopped");
  });
});

describe("why an instance is in error", () => {
  const looping = () => containerOf({ state: "restarting", health: "unhealthy" });

  test("is the exit code that its crash loop hides, and its last lines", () => {
    const { board } = setUp();
    board.setSpec(anna);
    board.setObserved("anna", looping());
    board.setExited("anna", 78);
    board.setLines("anna", ["loading", "Invalid config"]);
    expect(board.get("anna")).toMatchObject({
      status: "error",
      statusReason: expect.stringMatching(/exit code 78.*Invalid config/),
      statusDetail: { code: "CRASH_LOOP", exitCode: 78, lines: ["loading", "Invalid config"] },
    });
  });

  test("is forgotten when it is healthy again", () => {
    const { board } = setUp();
    board.setSpec(anna);
    board.setObserved("anna", looping());
    board.setExited("anna", 78);
    board.setLines("anna", ["Invalid config"]);
    board.setStartError("anna", "no port");
    board.setObserved("anna", containerOf({ restartCount: 3 }));
    board.setObserved("anna", looping());
    expect(board.get("anna").statusDetail).toMatchObject({ exitCode: null, lines: [] });
    board.setObserved("anna", containerOf({ state: "created", health: "starting" }));
    expect(board.get("anna").status).toBe("created");
  });

  test("is forgotten with the container", () => {
    const { board } = setUp();
    board.setSpec(anna);
    board.setObserved("anna", looping());
    board.setLines("anna", ["Invalid config"]);
    board.setObserved("anna", { ...looping(), containerId: "c2" });
    expect(board.get("anna").statusDetail?.lines).toEqual([]);
  });

  test("is that its start failed, until the next try", () => {
    const { board } = setUp();
    board.setSpec(anna);
    board.setStartError("anna", "Port 20000 is in use.");
    expect(board.get("anna")).toMatchObject({
      status: "error",
      statusReason: "Port 20000 is in use.",
      statusDetail: { code: "START_FAILED" },
    });
    board.setStartError("anna", null);
    expect(board.get("anna").statusDetail?.code).toBe("CONTAINER_MISSING");
  });
});

describe("a viewer", () => {
  test("is given everything first, then what changes", async () => {
    const { board } = setUp();
    board.setSpec(anna);
    const view = await viewer(board);
    expect(view.first).toEqual({ type: "snapshot", instances: [board.get("anna")] });
    expect(view.second).toEqual({ type: "engine", reachable: true });
    board.setObserved("anna", containerOf());
    expect(await view.next()).toEqual({ type: "changed", instance: board.get("anna") });
    board.removeSpec("anna");
    expect(await view.next()).toEqual({ type: "removed", id: "anna" });
    board.setReachable(false);
    expect(await view.next()).toEqual({ type: "engine", reachable: false });
    view.leave();
  });

  test("is told nothing when nothing it can see has changed", async () => {
    const { board } = setUp();
    board.setSpec(anna);
    board.setObserved("anna", containerOf());
    const view = await viewer(board);
    board.setObserved("anna", containerOf());
    board.setExited("anna", 1);
    board.touch("anna");
    board.setReachable(true);
    board.removeSpec("nobody");
    board.setObserved("nobody", containerOf());
    expect(await view.rest()).toEqual([]);
  });

  test("that is slow gets the latest state of each instance once", async () => {
    const { board } = setUp();
    const specs = [0, 1, 2].map((number) => specOf({}, number));
    for (const spec of specs) board.setSpec(spec);
    const view = await viewer(board);
    for (let round = 1; round <= 1_000; round++)
      for (const spec of specs) board.setObserved(spec.id, containerOf({ restartCount: round }));
    board.removeSpec("i1");
    const events = await view.rest();
    expect(events).toEqual([
      { type: "changed", instance: expect.objectContaining({ id: "i0", restartCount: 1_000 }) },
      { type: "removed", id: "i1" },
      { type: "changed", instance: expect.objectContaining({ id: "i2", restartCount: 1_000 }) },
    ]);
  });

  test("that is slow sees an instance that was removed and made again as changed", async () => {
    const { board } = setUp();
    board.setSpec(anna);
    const view = await viewer(board);
    board.removeSpec("anna");
    board.setSpec({ ...anna, name: "Another" });
    expect(await view.rest()).toEqual([
      { type: "changed", instance: expect.objectContaining({ name: "Another" }) },
    ]);
  });

  test("misses nothing that changes while it reads its snapshot", async () => {
    const { board } = setUp();
    board.setSpec(anna);
    const events = board.watch(new AbortController().signal);
    await events.next();
    board.setObserved("anna", containerOf());
    await events.next();
    expect((await events.next()).value).toMatchObject({ type: "changed" });
    await events.return(undefined);
  });
});

describe("waiting for an instance", () => {
  const patient = () => new AbortController().signal;

  test("ends at once when it is so already", async () => {
    const { board } = setUp();
    expect(await board.until("anna", (now) => now === null, patient())).toBeNull();
  });

  test("ends when it becomes so, or is gone", async () => {
    const { board } = setUp();
    board.setSpec(anna);
    const running = board.until("anna", (now) => now?.status === "running", patient());
    const gone = board.until("anna", (now) => now === null, patient());
    await settled();
    board.setObserved("anna", containerOf());
    expect(await running).toMatchObject({ status: "running" });
    board.removeSpec("anna");
    expect(await gone).toBeNull();
  });

  test("can be given up", async () => {
    const { board } = setUp();
    board.setSpec(anna);
    const leaving = new AbortController();
    const waiting = board.until("anna", () => false, leaving.signal);
    leaving.abort();
    await expect(waiting).rejects.toMatchObject({ reason: "CANCELLED" });
  });
});

describe("an instance whose gateway does not answer", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const startingNow = () =>
    containerOf({
      health: "starting",
      answered: false,
      startedAt: new Date().toISOString(),
    });

  test("is in error after its time, without anything happening", async () => {
    const { board } = setUp();
    board.setSpec(anna);
    board.setObserved("anna", startingNow());
    expect(board.get("anna").status).toBe("starting");
    await vi.advanceTimersByTimeAsync(200_000);
    expect(board.get("anna")).toMatchObject({
      status: "starting",
      statusDetail: { code: "SLOW_START", minutes: 3 },
    });
    await vi.advanceTimersByTimeAsync(STARTING_LIMIT_MS - 200_000 - 100);
    expect(board.get("anna").status).toBe("starting");
    await vi.advanceTimersByTimeAsync(200);
    expect(board.get("anna")).toMatchObject({
      status: "error",
      statusDetail: { code: "NOT_ANSWERING" },
    });
  });

  test("is told with the time for which it has been busy, until it answers", async () => {
    const { board } = setUp();
    board.setSpec(anna);
    const busy = containerOf({ health: "unhealthy" });
    board.setObserved("anna", busy);
    expect(board.get("anna").statusReason).toBe("It is busy and answers late.");
    await vi.advanceTimersByTimeAsync(100_000);
    board.setObserved("anna", busy);
    await vi.advanceTimersByTimeAsync(50_000);
    expect(board.get("anna")).toMatchObject({
      status: "running",
      statusDetail: { code: "BUSY", minutes: 2 },
    });
    board.setObserved("anna", containerOf());
    expect(board.get("anna")).toMatchObject({ status: "running", statusDetail: null });
    board.setObserved("anna", busy);
    expect(board.get("anna").statusReason).toBe("It is busy and answers late.");
    board.dispose();
  });

  test("may hang when it was idle before, until it answers or another run begins", () => {
    const { board } = setUp();
    board.setSpec(anna);
    const codeOf = () => board.get("anna").statusDetail?.code ?? null;
    const silent = containerOf({ health: "unhealthy" });
    board.setObserved("anna", containerOf());
    board.setLoad("anna", { isBusy: false });
    vi.advanceTimersByTime(1_000);
    board.setObserved("anna", silent);
    expect(codeOf()).toBe("SILENT");
    vi.advanceTimersByTime(1_000);
    board.setLoad("anna", { isBusy: false });
    expect(codeOf(), "it has answered the panel meanwhile").toBe("BUSY");
    board.setObserved("anna", containerOf());
    board.setLoad("anna", { isBusy: true });
    board.setObserved("anna", silent);
    expect(codeOf()).toBe("BUSY");
    board.setObserved("anna", containerOf());
    board.setLoad("anna", { isBusy: false });
    vi.advanceTimersByTime(1_000);
    board.setObserved("anna", { ...silent, startedAt: "2026-01-02T00:00:00.000Z" });
    expect(codeOf(), "nothing is known of the new run").toBe("BUSY");
    board.dispose();
  });

  test("leaves no timer behind when it answers, goes, or the panel ends", () => {
    const { board } = setUp();
    board.setSpec(anna);
    board.setObserved("anna", startingNow());
    expect(vi.getTimerCount()).toBe(1);
    board.touch("anna");
    expect(vi.getTimerCount()).toBe(1);
    board.setObserved("anna", containerOf());
    expect(vi.getTimerCount()).toBe(0);
    board.setObserved("anna", startingNow());
    board.removeSpec("anna");
    expect(vi.getTimerCount()).toBe(0);
    board.setSpec(anna);
    board.setObserved("anna", startingNow());
    board.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});
