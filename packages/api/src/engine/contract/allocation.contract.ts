import { reasonOf } from "@claw/core/errors";
import { containerName } from "@claw/core/naming";
import { describe, expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import type { EngineRig } from "./engine-rig.contract.ts";

const LAST_PORT = 65_535;

/** Ports and networks for instances, chosen by who knows the machine. */
export function describeAllocation(rig: EngineRig): void {
  const { deployed, started, portOf, subnetOf } = rig;

  describe("a port", () => {
    test("is the lowest that is not taken, and stays free until somebody uses it", async () => {
      const first = await rig.engine.addresses.allocatePort([]);
      expect(await rig.engine.addresses.allocatePort([])).toBe(first);
      const second = await rig.engine.addresses.allocatePort([first]);
      expect(second).toBeGreaterThan(first);
      expect(await rig.engine.addresses.allocatePort(new Set([second]))).toBe(first);
    });

    test("is none that a container has, running or not, ours or not", async () => {
      const name = "claw-test-neighbour";
      const port = await rig.engine.addresses.allocatePort([]);
      await rig.harness.startForeign(name, port);
      expect(await rig.engine.addresses.allocatePort([])).not.toBe(port);
      const stopped = portOf(await deployed("al-stopped"));
      const running = portOf(await started("al-running"));
      expect([port, stopped, running]).not.toContain(await rig.engine.addresses.allocatePort([]));
      expect([...(await rig.engine.addresses.portsInUse([port, stopped, running]))]).toEqual([
        [port, `the container ${name}`],
        [stopped, `the container ${containerName("al-stopped")}`],
        [running, `the container ${containerName("al-running")}`],
      ]);
      await rig.harness.removeForeign(name);
      expect(await rig.engine.addresses.allocatePort([])).toBe(port);
      await rig.engine.remove("al-stopped");
      expect((await rig.engine.addresses.portsInUse([port, stopped])).size).toBe(0);
    });

    test("is none that another program listens on", async () => {
      const port = await rig.engine.addresses.allocatePort([]);
      {
        await using _ = await rig.harness.listen(port);
        expect(await rig.engine.addresses.allocatePort([])).not.toBe(port);
        expect([...(await rig.engine.addresses.portsInUse([port]))]).toEqual([
          [port, "another program"],
        ]);
      }
      expect(await rig.engine.addresses.allocatePort([])).toBe(port);
      expect((await rig.engine.addresses.portsInUse([port])).size).toBe(0);
    });

    test("rejects with PORTS_EXHAUSTED when none is left", async () => {
      const all = Array.from({ length: LAST_PORT }, (_, index) => index + 1);
      await rejects(rig.engine.addresses.allocatePort(all), "PORTS_EXHAUSTED");
    });
  });

  describe("a network", () => {
    test("is apart from what is taken and from every network of the engine", async () => {
      const first = await rig.engine.addresses.allocateSubnet([]);
      expect(first).toMatch(/\/29$/);
      expect(await rig.engine.addresses.allocateSubnet([])).toBe(first);
      const second = await rig.engine.addresses.allocateSubnet([first]);
      expect(second).not.toBe(first);
      {
        await using _ = await rig.harness.addNetwork("claw-test-network", first);
        expect(await rig.engine.addresses.allocateSubnet([])).toBe(second);
      }
      expect(await rig.engine.addresses.allocateSubnet([])).toBe(first);
      const own = subnetOf(await deployed("al-network"));
      expect(await rig.engine.addresses.allocateSubnet([])).not.toBe(own);
    });

    test("rejects with SUBNETS_EXHAUSTED when none is left", async () => {
      const { message } = await rejects(
        rig.engine.addresses.allocateSubnet(["10.0.0.0/8"]),
        "SUBNETS_EXHAUSTED",
      );
      expect(message).toContain("CLAW_SUBNET_POOL");
    });
  });

  test("nothing is allocated while the engine does not answer", async () => {
    await rig.harness.cut();
    await rejects(rig.engine.addresses.allocatePort([]), "ENGINE_UNREACHABLE");
    await rejects(rig.engine.addresses.allocateSubnet([]), "ENGINE_UNREACHABLE");
    await rejects(rig.engine.addresses.portsInUse([1]), "ENGINE_UNREACHABLE");
    await rig.harness.mend();
    await expect
      .poll(() => rig.engine.addresses.allocatePort([]).catch(reasonOf))
      .toBeTypeOf("number");
  });
}
