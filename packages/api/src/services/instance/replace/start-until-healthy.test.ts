import { DomainError } from "@claw/core/errors";
import { STARTING_LIMIT_MS } from "@claw/core/status";
import { describe, expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { createInstance } from "../create-instance.ts";
import { startUntilHealthy } from "./start-until-healthy.ts";

async function setUp(fault = "") {
  const panel = await createTestPanel();
  const ctx = panel.context;
  await createInstance(ctx, { id: "anna", name: "Anna", start: false });
  const text = (await ctx.disk.storage.readConfig("anna")) ?? "";
  await ctx.disk.storage.writeConfig("anna", `// ${fault}\n${text}`);
  const start = () => ctx.engine.start("anna");
  return { panel, ctx, start, signal: new AbortController().signal };
}

describe("a container that is started", () => {
  test("is waited for until its gateway answers, whatever is done with the instance", async () => {
    const { panel, ctx, start, signal } = await setUp();
    await using _ = panel;
    await ctx.runtime.live.locks.exclusive("anna", "restoring", () =>
      startUntilHealthy(ctx, "anna", { start, signal }),
    );
    expect((await ctx.engine.list("anna")).get("anna")?.health).toBe("healthy");
  });

  test("and ends: why is told, with its exit code and its last line", async () => {
    const { panel, ctx, start, signal } = await setUp("STUB_INVALID");
    await using _ = panel;
    const error = await rejects(startUntilHealthy(ctx, "anna", { start, signal }), "START_FAILED");
    expect(error.message).toContain("exit code 78");
    expect(error.message).toMatch(/Last log line: .*Invalid config.*\.$/);
  });

  test("and does not answer in its time, but lives: it is starting, not failed", async () => {
    const { panel, ctx, start, signal } = await setUp("STUB_UNHEALTHY");
    await using _ = panel;
    const late = await startUntilHealthy(ctx, "anna", {
      signal,
      start: async () => {
        await start();
        panel.host.advance(STARTING_LIMIT_MS);
      },
    });
    expect(late).toContain("did not answer within 600 seconds");
    expect((await ctx.engine.list("anna")).get("anna")?.state).toBe("running");
  });

  test("and is slow while its log cannot be read: that is no failure", async () => {
    const { panel, ctx, start, signal } = await setUp("STUB_UNHEALTHY");
    await using _ = panel;
    const late = await startUntilHealthy(ctx, "anna", {
      signal,
      start: async () => {
        await start();
        panel.faults.failNext("engine.logs", new DomainError("ENGINE_FAILED", "no log driver"));
        panel.host.advance(STARTING_LIMIT_MS);
      },
    });
    expect(late).toBe("it did not answer within 600 seconds.");
    expect(panel.logged.join("")).toContain("no log driver");
  });

  test("is started once, although the engine's events are cut meanwhile", async () => {
    const { panel, ctx } = await setUp();
    await using _ = panel;
    let starts = 0;
    const start = async () => {
      starts += 1;
      await ctx.engine.start("anna");
      for (let cut = 0; cut < 3; cut++) panel.engine.reopenEvents();
    };
    await startUntilHealthy(ctx, "anna", { start, signal: new AbortController().signal });
    expect(starts).toBe(1);
  });

  test("and is given up: that is told as such", async () => {
    const { panel, ctx } = await setUp("STUB_UNHEALTHY");
    await using _ = panel;
    const abort = new AbortController();
    const start = async () => {
      await ctx.engine.start("anna");
      abort.abort();
    };
    await rejects(startUntilHealthy(ctx, "anna", { start, signal: abort.signal }), "CANCELLED");
  });

  test("cannot be started, or the engine goes away: that is told as it is", async () => {
    const { panel, ctx, start, signal } = await setUp("STUB_UNHEALTHY");
    await using _ = panel;
    const gone = async () => {
      await start();
      panel.engine.setReachable(false);
    };
    await rejects(startUntilHealthy(ctx, "anna", { start: gone, signal }), "ENGINE_UNREACHABLE");
  });
});
