import type { ComposeProject } from "@claw/core/compose/project";
import { trialProject } from "@claw/core/compose/trial";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import { advance, LOG_START, type LogCursor, type LogLine } from "@claw/core/log-cursor";
import { containerName, trialId } from "@claw/core/naming";
import type { ObservedContainer } from "@claw/core/status";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rejects } from "../../tests/support/rejects.ts";
import type { ContainerEngine, EngineEvent, LogQuery } from "./engine.ts";

/** What the contract suite needs of a driver's surroundings. */
export interface EngineHarness extends AsyncDisposable {
  engine: ContainerEngine;
  /** An image that the engine has, and that behaves as the stub image does. */
  image: string;
  /**
   * The project of one instance, from the real template. Port and subnet are free unless given,
   * and stay the same for an id.
   */
  project(id: InstanceId, spec?: Partial<InstanceSpec>): Promise<ComposeProject>;
  /** Makes the instance's folders, with this text as its configuration. */
  writeConfig(id: InstanceId, text: string): Promise<void>;
  /** A running container of somebody else. */
  startForeign(name: string, port?: number): Promise<void>;
  removeForeign(name: string): Promise<void>;
  /** A container and network of another panel, named as those of instance `id` would be. */
  startOtherHome(id: InstanceId): Promise<void>;
  /** What `docker kill` does. */
  killOutside(id: InstanceId): Promise<void>;
  /** What `docker rm -f` does. */
  removeOutside(id: InstanceId): Promise<void>;
  /** Makes the process of the container write one line. */
  write(id: InstanceId, stream: LogLine["stream"], text: string): Promise<void>;
  /** Breaks the connection to the engine, and keeps new ones out until `mend`. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

const PATIENCE_MS = 30_000;
const CONFIG = "{ gateway: {} }";

/** The contract of `ContainerEngine`, as tests that every driver must pass. */
export function describeEngine(name: string, makeHarness: () => Promise<EngineHarness>): void {
  describe(`${name} engine`, () => {
    let harness: EngineHarness;
    let engine: ContainerEngine;
    beforeAll(async () => {
      harness = await makeHarness();
      engine = harness.engine;
    });
    afterAll(async () => {
      await harness?.[Symbol.asyncDispose]();
    });

    /** A deployed instance, not started. */
    const deployed = async (id: InstanceId, config = CONFIG) => {
      await harness.writeConfig(id, config);
      const project = await harness.project(id);
      await engine.deploy(project, id);
      return project;
    };
    const started = async (id: InstanceId, config = CONFIG) => {
      const project = await deployed(id, config);
      await engine.start(id);
      return project;
    };
    const now = async (id: InstanceId) => (await engine.list(id)).get(id) ?? null;
    const portOf = (project: ComposeProject, id: InstanceId) =>
      project.services[id]?.ports[0]?.hostPort ?? 0;
    const subnetOf = (project: ComposeProject, id: InstanceId) =>
      project.networks[id]?.ipam.config[0]?.subnet ?? "";

    describe("image", () => {
      test("answers with its version", async () => {
        expect(await engine.version()).not.toBe("");
      });

      test("finds an image that is there, and null for one that is not", async () => {
        const image = await engine.findImage(harness.image);
        expect(image?.id).toMatch(/^sha256:[0-9a-f]{64}$/);
        expect(image?.size).toBeGreaterThan(0);
        expect(image?.digest).toBeNull();
        expect(await engine.findImage("openclaw:not-there")).toBeNull();
      });
    });

    describe("deploy", () => {
      test("makes a container that is not started, once", async () => {
        const project = await deployed("dep-once");
        const first = await now("dep-once");
        expect(first).toMatchObject({
          state: "created",
          image: harness.image,
          restartCount: 0,
          exitCode: 0,
          outOfMemory: false,
          startedAt: null,
        });
        expect(first?.specHash).toMatch(/^[0-9a-f]{64}$/);
        expect(await engine.deploy(project, "dep-once")).toEqual({ changed: false });
        expect(await now("dep-once")).toEqual(first);
        expect((await engine.survey()).subnets).toContain(subnetOf(project, "dep-once"));
      });

      test("leaves a running container with the same spec alone", async () => {
        const project = await started("dep-runs");
        const before = await now("dep-runs");
        expect(await engine.deploy(project, "dep-runs")).toEqual({ changed: false });
        expect(await now("dep-runs")).toMatchObject({
          containerId: before?.containerId,
          startedAt: before?.startedAt,
          state: "running",
        });
      });

      test("stops and replaces a container with another spec, and does not start the new one", async () => {
        await started("dep-other");
        const before = await now("dep-other");
        const changed = await harness.project("dep-other", { timezone: "Europe/Berlin" });
        expect(await engine.deploy(changed, "dep-other")).toEqual({ changed: true });
        const after = await now("dep-other");
        expect(after?.containerId).not.toBe(before?.containerId);
        expect(after).toMatchObject({ state: "created", startedAt: null });
        expect(after?.specHash).not.toBe(before?.specHash);
      });

      test("moves an instance to another subnet", async () => {
        const before = await deployed("dep-moved");
        const free = subnetOf(await harness.project("dep-donor"), "dep-donor");
        const after = await harness.project("dep-moved", { subnet: free });
        await engine.deploy(after, "dep-moved");
        const { subnets } = await engine.survey();
        expect(subnets).toContain(subnetOf(after, "dep-moved"));
        expect(subnets).not.toContain(subnetOf(before, "dep-moved"));
        await engine.start("dep-moved");
        expect(await now("dep-moved")).toMatchObject({ state: "running" });
      });

      test("rejects with IMAGE_MISSING and leaves nothing behind", async () => {
        const project = await harness.project("dep-noimage", { image: "openclaw:not-there" });
        await rejects(engine.deploy(project, "dep-noimage"), "IMAGE_MISSING");
        await expectNothing(project, "dep-noimage");
      });

      test("rejects with SUBNETS_EXHAUSTED when the subnet is in use, and leaves nothing behind", async () => {
        const taken = await deployed("dep-net-a");
        const project = await harness.project("dep-net-b", {
          subnet: subnetOf(taken, "dep-net-a"),
        });
        await rejects(engine.deploy(project, "dep-net-b"), "SUBNETS_EXHAUSTED");
        expect(await now("dep-net-b")).toBeNull();
        expect(await now("dep-net-a")).not.toBeNull();
      });

      test("does not touch a container of somebody else", async () => {
        await harness.startForeign(containerName("dep-foreign"));
        const project = await harness.project("dep-foreign");
        const error = await rejects(engine.deploy(project, "dep-foreign"), "CONTAINER_CLASH");
        expect(error.message).toContain(containerName("dep-foreign"));
        await rejects(engine.start("dep-foreign"), "INSTANCE_NOT_FOUND");
        await engine.stop("dep-foreign");
        await engine.remove("dep-foreign");
        expect((await engine.survey()).foreign).toContain(containerName("dep-foreign"));
        expect(await now("dep-foreign")).toBeNull();
      });

      test("does not see, and does not touch, what belongs to another home", async () => {
        await harness.startOtherHome("dep-home");
        expect((await engine.list()).has("dep-home")).toBe(false);
        expect(await now("dep-home")).toBeNull();
        await engine.stop("dep-home");
        await engine.remove("dep-home");
        const project = await harness.project("dep-home");
        await rejects(engine.deploy(project, "dep-home"), "CONTAINER_CLASH");
        expect((await engine.survey()).foreign).toContain(containerName("dep-home"));
      });
    });

    describe("start, stop, remove", () => {
      test("starts once", async () => {
        await started("run-once");
        const first = await now("run-once");
        expect(first).toMatchObject({ state: "running", restartCount: 0 });
        expect(first?.startedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        await engine.start("run-once");
        expect((await now("run-once"))?.startedAt).toBe(first?.startedAt);
      });

      test("stops with exit code 0, also when it is stopped already, and starts again", async () => {
        await started("run-again");
        await seen("run-again", (container) => container?.health === "healthy");
        await engine.stop("run-again");
        expect(await now("run-again")).toMatchObject({
          state: "exited",
          exitCode: 0,
          startedAt: null,
        });
        await engine.stop("run-again");
        await engine.start("run-again");
        expect(await now("run-again")).toMatchObject({ state: "running" });
      });

      test("rejects a start with INSTANCE_NOT_FOUND when there is no container", async () => {
        await rejects(engine.start("run-none"), "INSTANCE_NOT_FOUND");
        await engine.stop("run-none");
        await engine.remove("run-none");
      });

      test("rejects a start with PORT_TAKEN, and starts once the port is free", async () => {
        const project = await deployed("run-port");
        await harness.startForeign("claw-test-port-holder", portOf(project, "run-port"));
        const error = await rejects(engine.start("run-port"), "PORT_TAKEN");
        expect(error.message).toContain(String(portOf(project, "run-port")));
        expect((await now("run-port"))?.state).not.toBe("running");
        await harness.removeForeign("claw-test-port-holder");
        await engine.start("run-port");
        expect(await now("run-port")).toMatchObject({ state: "running" });
      });

      test("removes container and network, but never a running one", async () => {
        const project = await started("run-remove");
        await rejects(engine.remove("run-remove"), "ENGINE_FAILED");
        expect(await now("run-remove")).toMatchObject({ state: "running" });
        await engine.stop("run-remove");
        await engine.remove("run-remove");
        await expectNothing(project, "run-remove");
        await engine.remove("run-remove");
      });
    });

    describe("list", () => {
      test("says healthy as soon as the gateway answers", async () => {
        await started("see-healthy");
        const begun = performance.now();
        const container = await seen("see-healthy", (each) => each?.health === "healthy");
        expect(container).toMatchObject({ state: "running", restartCount: 0 });
        // Docker's own check comes only after 15 s.
        expect(performance.now() - begun).toBeLessThan(10_000);
        expect((await engine.list()).get("see-healthy")).toEqual(container);
      });

      test("never says healthy while the health endpoint does not answer", async () => {
        await started("see-sick", "{ /* STUB_UNHEALTHY */ }");
        await seen("see-sick", (each) => each?.state === "running");
        for await (const batch of engine.logs("see-sick", query({ follow: true })))
          if (batch.some((line) => line.text.includes("ready"))) break;
        expect((await now("see-sick"))?.health).not.toBe("healthy");
      });

      test.each([
        ["see-invalid", "STUB_INVALID", 78],
        ["see-crash", "STUB_CRASH", 1],
      ])("counts the restarts of %s and tells its exit code", async (id, fault, exitCode) => {
        await deployed(id, `{ /* ${fault} */ }`);
        const codes: number[] = [];
        const container = await seen(
          id,
          (each) => (each?.restartCount ?? 0) >= 2 && codes.length >= 2,
          async (event) => {
            if (event.type === "connected") await engine.start(id);
            else if (event.id === id && event.exitCode !== undefined) codes.push(event.exitCode);
          },
        );
        expect(container?.health).not.toBe("healthy");
        expect(new Set(codes)).toEqual(new Set([exitCode]));
        await engine.stop(id);
        expect(await now(id)).toMatchObject({ state: "exited" });
      });

      test("lists all, or the one that is asked for", async () => {
        await deployed("see-one");
        await deployed("see-two");
        expect([...(await engine.list("see-one")).keys()]).toEqual(["see-one"]);
        const all = [...(await engine.list()).keys()];
        expect(all).toEqual(expect.arrayContaining(["see-one", "see-two"]));
        expect((await engine.list("see-none")).size).toBe(0);
      });
    });

    describe("events", () => {
      test("says connected first, then each change, and ends when it is aborted", async () => {
        await deployed("ev-all");
        const stop = new AbortController();
        const events: EngineEvent[] = [];
        for await (const event of engine.events(stop.signal)) {
          events.push(event);
          if (event.type === "connected") await engine.start("ev-all");
          else if (event.id === "ev-all") stop.abort();
        }
        expect(events[0]).toEqual({ type: "connected" });
        expect(events).toContainEqual({ type: "changed", id: "ev-all" });
      });

      test("tells of a kill from outside, with the exit code", async () => {
        await deployed("ev-kill");
        await engine.start("ev-kill");
        const codes: number[] = [];
        const container = await seen(
          "ev-kill",
          (each) => each?.state === "exited" && codes.length > 0,
          async (event) => {
            if (event.type === "connected") await harness.killOutside("ev-kill");
            else if (event.id === "ev-kill" && event.exitCode !== undefined)
              codes.push(event.exitCode);
          },
        );
        expect(codes).toEqual([137]);
        expect(container).toMatchObject({ exitCode: 137, restartCount: 0, startedAt: null });
      });

      test("tells of a removal from outside", async () => {
        await started("ev-removed");
        const container = await seen(
          "ev-removed",
          (each) => each === null,
          async (event) => {
            if (event.type === "connected") await harness.removeOutside("ev-removed");
          },
        );
        expect(container).toBeNull();
      });

      test("ends at once when it is aborted already", async () => {
        for await (const event of engine.events(AbortSignal.abort())) expect(event).toBeNull();
      });

      test("rejects with ENGINE_UNREACHABLE when the connection breaks, and connects again", async () => {
        await deployed("ev-cut");
        const read = async () => {
          for await (const event of engine.events(AbortSignal.timeout(PATIENCE_MS)))
            if (event.type === "connected") await harness.cut();
        };
        await rejects(read(), "ENGINE_UNREACHABLE");
        await rejects(engine.version(), "ENGINE_UNREACHABLE");
        await rejects(engine.list(), "ENGINE_UNREACHABLE");
        await rejects(engine.start("ev-cut"), "ENGINE_UNREACHABLE");
        await harness.mend();
        for await (const event of engine.events(AbortSignal.timeout(PATIENCE_MS))) {
          expect(event).toEqual({ type: "connected" });
          break;
        }
        expect(await now("ev-cut")).toMatchObject({ state: "created" });
      });
    });

    describe("logs", () => {
      const texts = (lines: readonly LogLine[]) => lines.map((line) => line.text);
      const readAll = async (id: InstanceId, options: Partial<LogQuery> = {}) => {
        const lines: LogLine[] = [];
        for await (const batch of engine.logs(id, query(options))) lines.push(...batch);
        return lines;
      };

      test("hands out the last lines, with stamps of nine decimals", async () => {
        await started("log-tail", "{ /* STUB_LOG_BURST:20 */ }");
        await seen("log-tail", (each) => each?.health === "healthy");
        const lines = await readAll("log-tail", { tail: 1_000 });
        const burst = texts(lines).filter((text) => text.startsWith("burst "));
        expect(burst).toEqual(Array.from({ length: 20 }, (_, i) => `burst ${i + 1}`));
        for (const line of lines) {
          expect(line.ts).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
          expect(line.stream).toBe("stdout");
        }
        expect(await readAll("log-tail", { tail: 3 })).toEqual(lines.slice(-3));
        expect(await readAll("log-tail", { tail: 0 })).toEqual([]);
      });

      test("hands out the last lines before a stamp", async () => {
        await started("log-older", "{ /* STUB_LOG_BURST:2000 */ }");
        await seen("log-older", (each) => each?.health === "healthy");
        const lines = await readAll("log-older", { after: LOG_START });
        const at = lines.findIndex((line) => line.text === "burst 1500");
        const before = lines[at]?.ts ?? "";
        const older = lines.filter((line) => line.ts < before);
        expect(await readAll("log-older", { before, tail: 700 })).toEqual(older.slice(-700));
        expect(await readAll("log-older", { before, tail: 9_000 })).toEqual(older);
        expect(await readAll("log-older", { before: lines[0]?.ts ?? "", tail: 10 })).toEqual([]);
      });

      test("hands out at most 500 lines at a time, in order", async () => {
        await started("log-burst", "{ /* STUB_LOG_BURST:3000 */ }");
        await seen("log-burst", (each) => each?.health === "healthy");
        const sizes: number[] = [];
        const lines: LogLine[] = [];
        for await (const batch of engine.logs("log-burst", query({ after: LOG_START }))) {
          sizes.push(batch.length);
          lines.push(...batch);
        }
        expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
        const burst = texts(lines).filter((text) => text.startsWith("burst "));
        expect(burst).toEqual(Array.from({ length: 3_000 }, (_, i) => `burst ${i + 1}`));
      });

      test("follows both streams until the container ends", async () => {
        await started("log-follow");
        await seen("log-follow", (each) => each?.health === "healthy");
        const lines: LogLine[] = [];
        let asked = false;
        let stopped = false;
        for await (const batch of engine.logs("log-follow", query({ follow: true }))) {
          lines.push(...batch);
          if (!asked) {
            asked = true;
            await harness.write("log-follow", "stdout", "to stdout: 中文 😀");
            await harness.write("log-follow", "stderr", "to stderr");
          }
          const both = ["stdout", "stderr"].every((stream) =>
            lines.some((line) => line.stream === stream && line.text.startsWith("to ")),
          );
          if (!both || stopped) continue;
          stopped = true;
          await engine.stop("log-follow");
        }
        expect(lines).toContainEqual({
          ts: expect.any(String),
          stream: "stdout",
          text: "to stdout: 中文 😀",
        });
        expect(lines).toContainEqual({
          ts: expect.any(String),
          stream: "stderr",
          text: "to stderr",
        });
        expect(texts(lines).join("\n")).toContain("received SIGTERM");
        expect(await readAll("log-follow", { tail: 1_000, follow: true })).toEqual(lines);
      });

      test("resumes after a cursor: every line once, over many interruptions", async () => {
        await started("log-resume", "{ /* STUB_LOG_RATE:400 STUB_LOG_BURST:300 */ }");
        const lines: LogLine[] = [];
        let cursor: LogCursor = LOG_START;
        for (let cut = 0; cut < 15; cut++) {
          const stop = new AbortController();
          const goal = lines.length + 60;
          const options = query({ after: cursor, follow: true, signal: stop.signal });
          for await (const batch of engine.logs("log-resume", options)) {
            lines.push(...batch);
            cursor = advance(cursor, batch);
            if (cut % 3 === 1) await harness.write("log-resume", "stderr", `err ${cut}`);
            if (lines.length >= goal) stop.abort();
          }
        }
        await engine.stop("log-resume");
        lines.push(...(await readAll("log-resume", { after: cursor })));
        const all = await readAll("log-resume", { after: LOG_START });
        for (const stream of ["stdout", "stderr"])
          expect(lines.filter((line) => line.stream === stream)).toEqual(
            all.filter((line) => line.stream === stream),
          );
        const rates = texts(lines).filter((text) => text.startsWith("rate "));
        expect(rates.length).toBeGreaterThan(400);
        expect(rates).toEqual(rates.map((_, i) => `rate ${i + 1}`));
        expect(await readAll("log-resume", { after: advance(LOG_START, all) })).toEqual([]);
      });

      test("waits for a slow reader and loses nothing", async () => {
        await started("log-slow", "{ /* STUB_LOG_BURST:20000 */ }");
        await seen("log-slow", (each) => each?.health === "healthy");
        let count = 0;
        for await (const batch of engine.logs("log-slow", query({ after: LOG_START }))) {
          if (count % 5_000 < 500) await new Promise((resolve) => setTimeout(resolve, 50));
          count += batch.filter((line) => line.text.startsWith("burst ")).length;
        }
        expect(count).toBe(20_000);
      });

      test("ends when it is aborted, before and during", async () => {
        await started("log-abort");
        expect(await readAll("log-abort", { follow: true, signal: AbortSignal.abort() })).toEqual(
          [],
        );
        const stop = new AbortController();
        for await (const batch of engine.logs(
          "log-abort",
          query({ tail: 5, follow: true, signal: stop.signal }),
        )) {
          expect(batch.length).toBeGreaterThan(0);
          stop.abort();
        }
        expect(await now("log-abort")).toMatchObject({ state: "running" });
      });

      test("rejects with ENGINE_UNREACHABLE when the connection breaks, and resumes", async () => {
        await started("log-cut", "{ /* STUB_LOG_RATE:100 */ }");
        const lines: LogLine[] = [];
        let cursor: LogCursor = LOG_START;
        const follow = async () => {
          for await (const batch of engine.logs(
            "log-cut",
            query({ after: cursor, follow: true }),
          )) {
            lines.push(...batch);
            cursor = advance(cursor, batch);
            if (lines.length > 20) await harness.cut();
          }
        };
        await rejects(follow(), "ENGINE_UNREACHABLE");
        await rejects(follow(), "ENGINE_UNREACHABLE");
        await harness.mend();
        await engine.stop("log-cut");
        lines.push(...(await readAll("log-cut", { after: cursor })));
        expect(lines).toEqual(await readAll("log-cut", { after: LOG_START }));
      });

      test("rejects with INSTANCE_NOT_FOUND when there is no container", async () => {
        await rejects(readAll("log-none"), "INSTANCE_NOT_FOUND");
      });
    });

    describe("exec", () => {
      const patience = () => ({ signal: AbortSignal.timeout(PATIENCE_MS) });

      test("runs a program of the instance", async () => {
        await started("ex-runs");
        const argv = ["openclaw", "config", "validate", "--json"];
        expect(await engine.exec("ex-runs", argv, patience())).toEqual({
          exitCode: 0,
          stdout: '{"valid":true,"warnings":[]}\n',
          stderr: "",
        });
        const missing = await engine.exec("ex-runs", ["no-such-program"], patience());
        expect(missing.exitCode).toBeGreaterThan(0);
      });

      test("rejects when the container does not run, or is not there", async () => {
        await deployed("ex-stopped");
        const argv = ["openclaw", "--version"];
        await rejects(engine.exec("ex-stopped", argv, patience()), "INSTANCE_NOT_RUNNING");
        await rejects(engine.exec("ex-none", argv, patience()), "INSTANCE_NOT_FOUND");
      });
    });

    describe("survey", () => {
      test("knows all ports, also of what does not run, all foreign names and all subnets", async () => {
        const project = await deployed("sv-own");
        const other = await harness.project("sv-free");
        const foreignPort = portOf(other, "sv-free");
        await harness.startForeign("claw-test-neighbour", foreignPort);
        const found = await engine.survey();
        expect(found.ports.get(portOf(project, "sv-own"))).toBe(containerName("sv-own"));
        expect(found.ports.get(foreignPort)).toBe("claw-test-neighbour");
        expect(found.foreign).toContain("claw-test-neighbour");
        expect(found.foreign).not.toContain(containerName("sv-own"));
        expect(found.subnets).toContain(subnetOf(project, "sv-own"));
      });
    });

    describe("a trial", () => {
      const trialOf = async (id: InstanceId) =>
        trialProject(await harness.project(id), id, `instances/${id}`);

      test("runs and answers its own health check, with no network and no port", async () => {
        const id = trialId("c0ffee01");
        await harness.writeConfig(id, CONFIG);
        const before = (await engine.survey()).subnets.length;
        await engine.deploy(await trialOf(id), id);
        await engine.start(id);
        await seen(id, (each) => each?.health === "healthy");
        expect((await engine.list()).has(id)).toBe(true);
        const { ports, subnets } = await engine.survey();
        expect([...ports.values()]).not.toContain(containerName(id));
        expect(subnets.length).toBe(before);
        await engine.stop(id);
        await engine.remove(id);
        expect(await now(id)).toBeNull();
      });

      test("that ends is not started again", async () => {
        const id = trialId("c0ffee02");
        await harness.writeConfig(id, "{ /* STUB_INVALID */ }");
        await engine.deploy(await trialOf(id), id);
        const ended = await seen(
          id,
          (each) => each?.state === "exited",
          async (event) => {
            if (event.type === "connected") await engine.start(id);
          },
        );
        expect(ended).toMatchObject({ exitCode: 78, restartCount: 0 });
        await engine.remove(id);
        expect(await now(id)).toBeNull();
      });
    });

    /** Waits until the container is as wanted, looking at it whenever the engine says so. */
    async function seen(
      id: InstanceId,
      wanted: (container: ObservedContainer | null) => boolean,
      onEvent: (event: EngineEvent) => Promise<void> = async () => {},
    ): Promise<ObservedContainer | null> {
      let container: ObservedContainer | null = null;
      for await (const event of engine.events(AbortSignal.timeout(PATIENCE_MS))) {
        await onEvent(event);
        container = await now(id);
        if (wanted(container)) return container;
      }
      throw new Error(`${id} stayed ${JSON.stringify(container)}`);
    }

    function query(options: Partial<LogQuery>): LogQuery {
      return { tail: 200, follow: false, signal: AbortSignal.timeout(PATIENCE_MS), ...options };
    }

    async function expectNothing(project: ComposeProject, id: InstanceId): Promise<void> {
      expect(await now(id)).toBeNull();
      expect((await engine.survey()).subnets).not.toContain(subnetOf(project, id));
    }
  });
}
