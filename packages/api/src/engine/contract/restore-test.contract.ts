import { restoreTestWorkload } from "@claw/core/compose/restore-test";
import type { InstanceId } from "@claw/core/instance";
import { restoreTestId } from "@claw/core/naming";
import { describe, expect, test } from "vitest";
import { CONFIG, type EngineRig } from "./engine-rig.contract.ts";

/** The container of a restore test. */
export function describeRestoreTests(rig: EngineRig): void {
  const { now, seen } = rig;

  describe("a restore test", () => {
    const restoreTestOf = async (id: InstanceId) =>
      restoreTestWorkload(await rig.harness.workload(id), `instances/${id}`);

    test("runs and answers its own health check, with no network and no port", async () => {
      const id = restoreTestId("c0ffee01");
      await rig.harness.writeConfig(id, CONFIG);
      const spec = await rig.harness.workload(id);
      await rig.engine.deploy(await restoreTestOf(id));
      await rig.engine.start(id);
      await seen(id, (each) => each?.health === "healthy");
      expect((await rig.engine.list()).has(id)).toBe(true);
      expect((await rig.engine.addresses.portsInUse([rig.portOf(spec)])).size).toBe(0);
      expect(await rig.harness.subnetOf(id)).toBeNull();
      await rig.engine.stop(id);
      await rig.engine.remove(id);
      expect(await now(id)).toBeNull();
    });

    test("that ends is not started again", async () => {
      const id = restoreTestId("c0ffee02");
      await rig.harness.writeConfig(id, "{ /* STUB_INVALID */ }");
      await rig.engine.deploy(await restoreTestOf(id));
      const ended = await seen(
        id,
        (each) => each?.state === "exited",
        async (event) => {
          if (event.type === "connected") await rig.engine.start(id);
        },
      );
      expect(ended).toMatchObject({ exitCode: 78, restartCount: 0 });
      await rig.engine.remove(id);
      expect(await now(id)).toBeNull();
    });
  });
}
