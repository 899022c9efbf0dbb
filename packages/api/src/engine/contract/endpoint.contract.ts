import { restoreTestWorkload } from "@claw/core/compose/restore-test";
import { reasonOf } from "@claw/core/errors";
import { restoreTestId } from "@claw/core/naming";
import { describe, expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { CONFIG, type EngineRig } from "./engine-rig.contract.ts";

/** Where the panel reaches a gateway. */
export function describeEndpoint(rig: EngineRig): void {
  const { deployed, started, portOf, seen } = rig;

  describe("endpoint", () => {
    test("is the published one while the instance runs, and null before and after", async () => {
      const workload = await deployed("end-runs");
      expect(await rig.engine.endpoint("end-runs")).toBeNull();
      await rig.engine.start("end-runs");
      const endpoint = { host: "127.0.0.1", port: portOf(workload) };
      expect(await rig.engine.endpoint("end-runs")).toEqual(endpoint);
      await rig.engine.stop("end-runs");
      expect(await rig.engine.endpoint("end-runs")).toBeNull();
      await rig.engine.remove("end-runs");
      expect(await rig.engine.endpoint("end-runs")).toBeNull();
    });

    test("of a gateway that is published at every address is reached on this machine", async () => {
      await rig.harness.writeConfig("end-wide", CONFIG);
      const workload = await rig.harness.workload("end-wide", { publishHost: "0.0.0.0" });
      await rig.engine.deploy(workload);
      await rig.engine.start("end-wide");
      expect(await rig.engine.endpoint("end-wide")).toEqual({
        host: "127.0.0.1",
        port: portOf(workload),
      });
    });

    test("is there for a gateway that runs and does not answer", async () => {
      const workload = await started("end-sick", "{ /* STUB_UNHEALTHY */ }");
      const { port } = (await rig.engine.endpoint("end-sick")) ?? {};
      expect(port).toBe(portOf(workload));
    });

    test("is null while a gateway waits for its restart", async () => {
      await deployed("end-loop", "{ /* STUB_CRASH */ }");
      await seen(
        "end-loop",
        // By now the pause is long enough to look around in.
        (each) => each?.state === "restarting" && each.restartCount >= 3,
        async (event) => {
          if (event.type === "connected") await rig.engine.start("end-loop");
        },
      );
      expect(await rig.engine.endpoint("end-loop")).toBeNull();
      await rig.engine.stop("end-loop");
    });

    test("is null for a restore test, which publishes nothing", async () => {
      const id = restoreTestId("c0ffee03");
      await rig.harness.writeConfig(id, CONFIG);
      const workload = restoreTestWorkload(await rig.harness.workload(id), `instances/${id}`);
      await rig.engine.deploy(workload);
      await rig.engine.start(id);
      expect(await rig.engine.endpoint(id)).toBeNull();
      await rig.engine.stop(id);
      await rig.engine.remove(id);
    });

    test("rejects with ENGINE_UNREACHABLE rather than say that there is none", async () => {
      await started("end-cut");
      await rig.harness.cut();
      await rejects(rig.engine.endpoint("end-cut"), "ENGINE_UNREACHABLE");
      await rig.harness.mend();
      // A connection that was kept open may have to break first.
      const answer = () => rig.engine.endpoint("end-cut").catch(reasonOf);
      await expect.poll(answer).toMatchObject({ host: "127.0.0.1" });
    });
  });
}
