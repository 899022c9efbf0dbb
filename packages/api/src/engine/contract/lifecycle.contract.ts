import { describe, expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { type EngineRig, PATIENCE_MS } from "./engine-rig.contract.ts";

/** Operations on an existing container. */
export function describeLifecycle(rig: EngineRig): void {
  const { deployed, started, now, portOf, seen, expectNothing } = rig;

  describe("start, stop, remove", () => {
    test("starts once", async () => {
      await started("run-once");
      const first = await now("run-once");
      expect(first).toMatchObject({ state: "running", restartCount: 0 });
      expect(first?.startedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      await rig.engine.start("run-once");
      expect((await now("run-once"))?.startedAt).toBe(first?.startedAt);
    });

    test("stops with exit code 0, also when it is stopped already, and starts again", async () => {
      await started("run-again");
      await seen("run-again", (container) => container?.health === "healthy");
      await rig.engine.stop("run-again");
      expect(await now("run-again")).toMatchObject({
        state: "exited",
        exitCode: 0,
        startedAt: null,
      });
      await rig.engine.stop("run-again");
      await rig.engine.start("run-again");
      expect(await now("run-again")).toMatchObject({ state: "running" });
    });

    test("rejects a start with INSTANCE_NOT_FOUND when there is no container", async () => {
      await rejects(rig.engine.start("run-none"), "INSTANCE_NOT_FOUND");
      await rig.engine.stop("run-none");
      await rig.engine.remove("run-none");
    });

    test("rejects a start with PORT_TAKEN, and starts once the port is free", async () => {
      const workload = await deployed("run-port");
      await rig.harness.startForeign("claw-test-port-holder", portOf(workload));
      const error = await rejects(rig.engine.start("run-port"), "PORT_TAKEN");
      expect(error.message).toContain(String(portOf(workload)));
      expect((await now("run-port"))?.state).not.toBe("running");
      await rig.harness.removeForeign("claw-test-port-holder");
      await rig.engine.start("run-port");
      expect(await now("run-port")).toMatchObject({ state: "running" });
    });

    test("removes container and network, but never a running one", async () => {
      await started("run-remove");
      await rejects(rig.engine.remove("run-remove"), "ENGINE_FAILED");
      expect(await now("run-remove")).toMatchObject({ state: "running" });
      await rig.engine.stop("run-remove");
      await rig.engine.remove("run-remove");
      await expectNothing("run-remove");
      await rig.engine.remove("run-remove");
    });
  });

  describe("exec", () => {
    const patience = () => ({ signal: AbortSignal.timeout(PATIENCE_MS) });

    test("runs a program of the instance", async () => {
      await started("ex-runs");
      const argv = ["openclaw", "config", "validate", "--json"];
      expect(await rig.engine.exec("ex-runs", argv, patience())).toEqual({
        exitCode: 0,
        stdout: '{"valid":true,"warnings":[]}\n',
        stderr: "",
      });
      const missing = await rig.engine.exec("ex-runs", ["no-such-program"], patience());
      expect(missing.exitCode).toBeGreaterThan(0);
    });

    test("rejects when the container does not run, or is not there", async () => {
      await deployed("ex-stopped");
      const argv = ["openclaw", "--version"];
      await rejects(rig.engine.exec("ex-stopped", argv, patience()), "INSTANCE_NOT_RUNNING");
      await rejects(rig.engine.exec("ex-none", argv, patience()), "INSTANCE_NOT_FOUND");
    });
  });
}
