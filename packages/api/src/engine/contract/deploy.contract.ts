import { containerName, LABEL } from "@claw/core/naming";
import { describe, expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import type { EngineRig } from "./engine-rig.contract.ts";

/** Tests which containers and networks a deployment creates, replaces and leaves alone. */
export function describeDeploy(rig: EngineRig): void {
  const { deployed, started, now, subnetOf, expectNothing } = rig;

  describe("image", () => {
    test("answers with its version", async () => {
      expect(await rig.engine.version()).not.toBe("");
    });

    test("finds an image that is there, and null for one that is not", async () => {
      const image = await rig.engine.images.find(rig.harness.image);
      expect(image?.id).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(image?.size).toBeGreaterThan(0);
      expect(image?.digest).toBeNull();
      expect(await rig.engine.images.find("openclaw:not-there")).toBeNull();
      expect(await rig.engine.images.find(image?.id ?? "")).toEqual(image);
      expect(await rig.engine.images.find(`sha256:${"f".repeat(64)}`)).toBeNull();
    });
  });

  describe("deploy", () => {
    test("makes a container that is not started, once", async () => {
      const workload = await deployed("dep-once");
      const first = await now("dep-once");
      expect(first).toMatchObject({
        state: "created",
        image: rig.harness.image,
        restartCount: 0,
        exitCode: 0,
        outOfMemory: false,
        startedAt: null,
      });
      expect(first?.specHash).toMatch(/^[0-9a-f]{64}$/);
      expect(await rig.engine.deploy(workload)).toEqual({ changed: false });
      expect(await now("dep-once")).toEqual(first);
      expect(first?.imageId).toBe((await rig.engine.images.find(rig.harness.image))?.id);
      expect(await rig.harness.subnetOf("dep-once")).toBe(subnetOf(workload));
    });

    test("leaves a running container with the same spec alone", async () => {
      const workload = await started("dep-runs");
      const before = await now("dep-runs");
      expect(await rig.engine.deploy(workload)).toEqual({ changed: false });
      expect(await now("dep-runs")).toMatchObject({
        containerId: before?.containerId,
        startedAt: before?.startedAt,
        state: "running",
      });
    });

    test("leaves a running container with another spec alone, too", async () => {
      await started("dep-older");
      const before = await now("dep-older");
      const changed = await rig.harness.workload("dep-older", { timezone: "Europe/Berlin" });
      expect(await rig.engine.deploy(changed)).toEqual({ changed: false });
      expect(await now("dep-older")).toMatchObject({
        containerId: before?.containerId,
        startedAt: before?.startedAt,
        state: "running",
      });
    });

    test("replaces a container with another spec that does not run, and does not start the new one", async () => {
      await started("dep-other");
      await rig.engine.stop("dep-other");
      const before = await now("dep-other");
      const changed = await rig.harness.workload("dep-other", { timezone: "Europe/Berlin" });
      expect(await rig.engine.deploy(changed)).toEqual({ changed: true });
      const after = await now("dep-other");
      expect(after?.containerId).not.toBe(before?.containerId);
      expect(after).toMatchObject({ state: "created", startedAt: null });
      expect(after?.specHash).not.toBe(before?.specHash);
    });

    test("makes a container from an image that only its id names", async () => {
      const workload = await rig.harness.workload("dep-by-id");
      const image = await rig.engine.images.find(workload.image);
      expect(await rig.engine.deploy({ ...workload, image: image?.id ?? "" })).toEqual({
        changed: true,
      });
      expect(await now("dep-by-id")).toMatchObject({ imageId: image?.id });
      expect(await rig.engine.deploy(workload)).toEqual({ changed: false });
    });

    test("moves an instance to another subnet", async () => {
      const before = await deployed("dep-moved");
      const free = subnetOf(await rig.harness.workload("dep-donor"));
      const after = await rig.harness.workload("dep-moved", { subnet: free });
      await rig.engine.deploy(after);
      expect(await rig.harness.subnetOf("dep-moved")).toBe(subnetOf(after));
      expect(subnetOf(after)).not.toBe(subnetOf(before));
      await rig.engine.start("dep-moved");
      expect(await now("dep-moved")).toMatchObject({ state: "running" });
    });

    test("rejects with IMAGE_MISSING and leaves nothing behind", async () => {
      const workload = await rig.harness.workload("dep-noimage", { image: "openclaw:not-there" });
      await rejects(rig.engine.deploy(workload), "IMAGE_MISSING");
      await expectNothing("dep-noimage");
    });

    test("rejects with SUBNETS_EXHAUSTED when the subnet is in use, and leaves nothing behind", async () => {
      const taken = await deployed("dep-net-a");
      const workload = await rig.harness.workload("dep-net-b", {
        subnet: subnetOf(taken),
      });
      await rejects(rig.engine.deploy(workload), "SUBNETS_EXHAUSTED");
      expect(await now("dep-net-b")).toBeNull();
      expect(await now("dep-net-a")).not.toBeNull();
    });

    test("rejects a workload that is labelled for another home, and leaves nothing behind", async () => {
      const workload = await rig.harness.workload("dep-label");
      const labels = { ...workload.labels, [LABEL.home]: "/another/home" };
      await rejects(rig.engine.deploy({ ...workload, labels }), "TEMPLATE_INVALID");
      await expectNothing("dep-label");
    });

    test("does not touch a container of somebody else", async () => {
      await rig.harness.startForeign(containerName("dep-foreign"));
      const workload = await rig.harness.workload("dep-foreign");
      const error = await rejects(rig.engine.deploy(workload), "CONTAINER_CLASH");
      expect(error.message).toContain(containerName("dep-foreign"));
      await rejects(rig.engine.start("dep-foreign"), "INSTANCE_NOT_FOUND");
      await rig.engine.stop("dep-foreign");
      await rig.engine.remove("dep-foreign");
      expect(await rig.harness.exists(containerName("dep-foreign"))).toBe(true);
      expect(await now("dep-foreign")).toBeNull();
    });

    test("does not see, and does not touch, what belongs to another home", async () => {
      await rig.harness.startOtherHome("dep-home");
      expect((await rig.engine.list()).has("dep-home")).toBe(false);
      expect(await now("dep-home")).toBeNull();
      await rig.engine.stop("dep-home");
      await rig.engine.remove("dep-home");
      const workload = await rig.harness.workload("dep-home");
      await rejects(rig.engine.deploy(workload), "CONTAINER_CLASH");
      expect(await rig.harness.exists(containerName("dep-home"))).toBe(true);
    });
  });
}
