import { describe, expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import type { ContainerStats } from "../engine.ts";
import { type EngineRig, PATIENCE_MS } from "./engine-rig.contract.ts";

/** An engine does everything that it offers, and refuses the rest. */
export function describeCapabilities(rig: EngineRig): void {
  const { started } = rig;

  describe("capabilities", () => {
    const signal = () => AbortSignal.timeout(PATIENCE_MS);

    test("exec runs a program, or rejects with NOT_SUPPORTED", async () => {
      await started("cap-exec");
      const argv = ["openclaw", "config", "validate", "--json"];
      const running = rig.engine.exec("cap-exec", argv, { signal: signal() });
      if (rig.engine.capabilities.exec) expect((await running).exitCode).toBe(0);
      else await rejects(running, "NOT_SUPPORTED");
    });

    test("runOnce leaves nothing behind, or rejects with NOT_SUPPORTED", async () => {
      const argv = ["openclaw", "config", "validate", "--json"];
      const ids = async () => new Set((await rig.engine.list()).keys());
      const before = await ids();
      const running = rig.engine.runOnce(rig.harness.image, argv, { signal: signal() });
      if (!rig.engine.capabilities.oneOff) {
        await rejects(running, "NOT_SUPPORTED");
        return;
      }
      const { exitCode, stdout, stderr } = await running;
      const said = { valid: true, warnings: [] };
      expect([exitCode, JSON.parse(stdout), stderr]).toEqual([0, said, ""]);
      expect(await ids()).toEqual(before);
      const image = await rig.engine.images.find(rig.harness.image);
      const again = await rig.engine.runOnce(image?.id ?? "", argv, { signal: signal() });
      expect(again.exitCode).toBe(0);
      const given = await rig.engine.runOnce(rig.harness.image, argv, {
        env: { OPENCLAW_CONFIG_PATH: "/tmp/given.json5" },
        files: { "/tmp/given.json5": "{ /* STUB_INVALID */ }" },
        signal: signal(),
      });
      expect(JSON.parse(given.stdout)).toMatchObject({
        valid: false,
        issues: [{ path: "gateway" }],
      });
      const none = rig.engine.runOnce("openclaw:none", argv, { signal: signal() });
      await rejects(none, "IMAGE_MISSING");
    });

    test("stats measures a running container, or rejects with NOT_SUPPORTED", async () => {
      await started("cap-stats");
      const first = async () => {
        for await (const stats of rig.engine.stats("cap-stats", signal())) return stats;
        throw new Error("the measuring ended");
      };
      if (!rig.engine.capabilities.stats) {
        await rejects(first(), "NOT_SUPPORTED");
        return;
      }
      const stats: ContainerStats = await first();
      expect(stats.memoryBytes).toBeGreaterThan(0);
      expect(stats.memoryLimitBytes).toBe(2 * 1024 ** 3);
    });
  });
}
