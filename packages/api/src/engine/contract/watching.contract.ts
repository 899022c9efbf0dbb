import { describe, expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import type { EngineEvent } from "../engine.ts";
import { type EngineRig, PATIENCE_MS } from "./engine-rig.contract.ts";

/** Container state, on request and as events. */
export function describeWatching(rig: EngineRig): void {
  const { deployed, started, now, seen, query } = rig;

  describe("list", () => {
    test("says healthy as soon as the gateway answers", async () => {
      await started("see-healthy");
      const begun = performance.now();
      const container = await seen("see-healthy", (each) => each?.health === "healthy");
      expect(container).toMatchObject({ state: "running", restartCount: 0 });
      // Docker's own first check comes only after 15 s.
      expect(performance.now() - begun).toBeLessThan(10_000);
      expect((await rig.engine.list()).get("see-healthy")).toEqual(container);
    });

    test("never says healthy while the health endpoint does not answer", async () => {
      await started("see-sick", "{ /* STUB_UNHEALTHY */ }");
      await seen("see-sick", (each) => each?.state === "running");
      for await (const batch of rig.engine.logs("see-sick", query({ follow: true })))
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
          if (event.type === "connected") await rig.engine.start(id);
          else if (event.id === id && event.exitCode !== undefined) codes.push(event.exitCode);
        },
      );
      expect(container?.health).not.toBe("healthy");
      expect(new Set(codes)).toEqual(new Set([exitCode]));
      await rig.engine.stop(id);
      expect(await now(id)).toMatchObject({ state: "exited" });
    });

    test("lists all, or the one that is asked for", async () => {
      await deployed("see-one");
      await deployed("see-two");
      expect([...(await rig.engine.list("see-one")).keys()]).toEqual(["see-one"]);
      const all = [...(await rig.engine.list()).keys()];
      expect(all).toEqual(expect.arrayContaining(["see-one", "see-two"]));
      expect((await rig.engine.list("see-none")).size).toBe(0);
    });
  });

  describe("events", () => {
    test("says connected first, then each change, and ends when it is aborted", async () => {
      await deployed("ev-all");
      const stop = new AbortController();
      const events: EngineEvent[] = [];
      for await (const event of rig.engine.events(stop.signal)) {
        events.push(event);
        if (event.type === "connected") await rig.engine.start("ev-all");
        else if (event.id === "ev-all") stop.abort();
      }
      expect(events[0]).toEqual({ type: "connected" });
      expect(events).toContainEqual({ type: "changed", id: "ev-all" });
    });

    test("tells of a kill from outside, with the exit code", async () => {
      await deployed("ev-kill");
      await rig.engine.start("ev-kill");
      const codes: number[] = [];
      const container = await seen(
        "ev-kill",
        (each) => each?.state === "exited" && codes.length > 0,
        async (event) => {
          if (event.type === "connected") await rig.harness.killOutside("ev-kill");
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
          if (event.type === "connected") await rig.harness.removeOutside("ev-removed");
        },
      );
      expect(container).toBeNull();
    });

    test("ends at once when it is aborted already", async () => {
      for await (const event of rig.engine.events(AbortSignal.abort())) expect(event).toBeNull();
    });

    test("rejects with ENGINE_UNREACHABLE when the connection breaks, and connects again", async () => {
      await deployed("ev-cut");
      const read = async () => {
        for await (const event of rig.engine.events(AbortSignal.timeout(PATIENCE_MS)))
          if (event.type === "connected") await rig.harness.cut();
      };
      await rejects(read(), "ENGINE_UNREACHABLE");
      await rejects(rig.engine.version(), "ENGINE_UNREACHABLE");
      await rejects(rig.engine.list(), "ENGINE_UNREACHABLE");
      await rejects(rig.engine.start("ev-cut"), "ENGINE_UNREACHABLE");
      await rig.harness.mend();
      for await (const event of rig.engine.events(AbortSignal.timeout(PATIENCE_MS))) {
        expect(event).toEqual({ type: "connected" });
        break;
      }
      expect(await now("ev-cut")).toMatchObject({ state: "created" });
    });
  });
}
