import { DomainError } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import { withInstances } from "../../../tests/support/backup-home.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { replacementOf, specOf } from "../../../tests/support/specs.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import type { Operation } from "../runtime/instance-locks.ts";
import { operateIfAllowed, operateOn, operateOnId } from "./operate-on.ts";

const nothing = async () => {};
const OPERATIONS: Operation[] = ["checking", "starting", "restarting", "saving", "initialising"];

describe("an operation", () => {
  test("is about an instance that is there, or says that there is none", async () => {
    await using panel = await createTestPanel();
    await rejects(operateOn(panel.context, "nobody", "saving", nothing), "INSTANCE_NOT_FOUND");
    expect(await operateOnId(panel.context, "nobody", "creating", async (spec) => spec)).toBeNull();
    await operateIfAllowed(panel.context, "nobody", "starting", () => {
      throw new Error("it was begun");
    });
  });

  test("is refused by a removal, but for another removal and a stop", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    await context.store.insertInstance(() => specOf({ id: "anna", phase: "purging" }));
    for (const operation of OPERATIONS)
      await rejects(operateOn(context, "anna", operation, nothing), "BUSY");
    for (const operation of ["stopping", "removing"] as const)
      expect(await operateOn(context, "anna", operation, async ({ phase }) => phase)).toBe(
        "purging",
      );
  });

  test("is refused by a restore that began while it waited for the lock", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    await context.store.insertInstance(() => specOf({ id: "anna" }));
    const first = Promise.withResolvers<void>();
    const restoring = context.runtime.live.locks.exclusive("anna", "restoring", async () => {
      await first.promise;
      await context.store.insertReplacement(replacementOf({ instanceId: "anna" }));
    });
    const done: string[] = [];
    const action = async () => void done.push("begun");
    const waiting = operateOn(context, "anna", "saving", action, { waits: {} });
    const silent = operateIfAllowed(context, "anna", "starting", action);
    first.resolve();
    await restoring;
    await rejects(waiting, "BUSY");
    await silent;
    expect(done).toEqual([]);
  });

  test("that is given up before its turn is not done, and does not wait", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    await context.store.insertInstance(() => specOf({ id: "anna" }));
    const other = Promise.withResolvers<void>();
    const first = context.runtime.live.locks.exclusive("anna", "stopping", () => other.promise);
    const batch = new AbortController();
    const done: string[] = [];
    const options = { waits: {}, signal: batch.signal };
    const action = async () => void done.push("begun");
    const waiting = operateOn(context, "anna", "saving", action, options);
    batch.abort(new DomainError("CANCELLED", "given up"));
    await rejects(waiting, "CANCELLED");
    other.resolve();
    await first;
    await operateOn(context, "anna", "saving", action, { waits: {} });
    expect(done).toEqual(["begun"]);
  });

  test("that changes the container is seen at once, also when it failed", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    await withInstances(panel, ["anna"]);
    const failing = operateOn(context, "anna", "stopping", async () => {
      await context.engine.stop("anna");
      throw new DomainError("ENGINE_FAILED", "said nonsense");
    });
    await rejects(failing, "ENGINE_FAILED");
    expect(context.runtime.live.board.observedOf("anna")?.state).toBe("exited");
  });

  test("is done although the engine went away just after it", async () => {
    await using panel = await createTestPanel();
    await withInstances(panel, ["anna"]);
    const stopping = operateOn(panel.context, "anna", "stopping", async () => {
      panel.faults.failNext("engine.list", new DomainError("ENGINE_UNREACHABLE", "away"));
      return "done";
    });
    expect(await stopping).toBe("done");
  });
});
