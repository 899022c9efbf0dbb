import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Job } from "@claw/core/job";
import type { Provider } from "@claw/core/provider";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import {
  createTestPanel,
  type TestAppOptions,
  type TestPanel,
} from "../../../tests/support/test-app.ts";
import { CommandOverrun } from "../../engine/command-overrun.ts";
import type { ExecOptions, ExecResult } from "../../engine/engine.ts";
import { listConfigVersions } from "./config-history.ts";
import { revisionOf } from "./config-revision.ts";
import { createInstance } from "./create-instance.ts";
import { initInstance } from "./init-instance.ts";
import { readConfig } from "./read-config.ts";
import { readOffers } from "./read-offers.ts";
import { removeInstance } from "./remove-instance.ts";
import { stopInstance } from "./stop-instance.ts";

const KEY = "sk-very-secret";
const provider: Provider = { choice: "deepseek-api-key", apiKey: KEY };
const OWN: Provider = { choice: "custom-api-key", baseUrl: "http://10.1.1.1/v1", modelId: "m" };
const DONE: ExecResult = { exitCode: 0, stdout: "", stderr: "" };

interface Executed {
  argv: readonly string[];
  options: ExecOptions;
}

async function setUp(start = true, options: TestAppOptions = {}) {
  const panel = await createTestPanel(options);
  await createInstance(panel.context, { id: "anna", name: "Anna", start });
  if (start) await panel.until("anna", "running");
  return panel;
}

/** Answers the commands of an instance instead of the engine. */
function answer(panel: TestPanel, reply: (command: string, options: ExecOptions) => unknown) {
  const executed: Executed[] = [];
  panel.engine.exec = (async (_id: string, argv: readonly string[], options: ExecOptions) => {
    executed.push({ argv, options });
    const command = argv[0] === "openclaw" ? argv.slice(1, 3).join(" ") : "probe";
    return (await reply(command, options)) ?? DONE;
  }) as typeof panel.engine.exec;
  return executed;
}

async function init(panel: TestPanel, input: { provider?: Provider } = {}): Promise<Job> {
  const job = await initInstance(panel.context, { id: "anna", ...input });
  expect(job).toMatchObject({ kind: "init", instanceId: "anna", status: "running" });
  return panel.context.runtime.jobs.finished(job.id);
}

describe("an instance", () => {
  test("that runs is checked and not started anew", async () => {
    await using panel = await setUp();
    const { startedAt } = panel.context.runtime.live.board.get("anna");
    expect(await init(panel)).toMatchObject({
      status: "succeeded",
      result: { provider: null, url: "http://127.0.0.1:20000/" },
    });
    expect(panel.context.runtime.live.board.get("anna").startedAt).toBe(startedAt);
  });

  test("that does not run is brought up first", async () => {
    await using panel = await setUp(false);
    expect((await init(panel)).status).toBe("succeeded");
    expect(panel.context.runtime.live.board.get("anna").status).toBe("running");
  });

  test("has what onboarding wrote in its history, as a version of whoever asked", async () => {
    await using panel = await setUp();
    const rewritten = JSON.stringify({ models: { providers: {} } });
    answer(panel, async (command) => {
      if (command !== "onboard --non-interactive") return;
      // As OpenClaw writes it.
      await writeFile(path.join(panel.home, "instances/anna/data/openclaw.json"), rewritten);
      // Somebody opens the configuration before it is over.
      await readConfig(panel.context, "anna");
      return { ...DONE, exitCode: 1, stderr: "No." };
    });
    const by = { user: "anna", via: null, address: "" };
    const job = await initInstance(panel.context, { id: "anna", provider }, { by });
    expect((await panel.context.runtime.jobs.finished(job.id)).status).toBe("failed");
    const { versions } = await listConfigVersions(panel.context, { id: "anna", limit: 10 });
    expect(versions).toMatchObject([
      { source: "initialise", by: "anna", revision: revisionOf(rewritten) },
      { source: "panel", by: null },
    ]);
  });

  test("that is not there is refused", async () => {
    await using panel = await setUp();
    await rejects(initInstance(panel.context, { id: "nobody" }), "INSTANCE_NOT_FOUND");
    expect(await panel.context.runtime.jobs.list()).toEqual([]);
  });

  test("that is not ready yet is asked again", async () => {
    await using panel = await setUp();
    let probes = 0;
    const executed = answer(panel, (command) => {
      if (command === "probe") return { ...DONE, exitCode: ++probes === 1 ? 1 : 0 };
    });
    expect((await init(panel)).status).toBe("succeeded");
    expect(executed.map(({ argv }) => argv[0])).toEqual(["sh", "sh", "openclaw"]);
  });
});

describe("a provider", () => {
  test("is set up by OpenClaw itself; its key is in the environment and nowhere else", async () => {
    await using panel = await setUp();
    const executed = answer(panel, () => undefined);
    const job = await init(panel, { provider });
    expect(job).toMatchObject({ status: "partial", result: { provider: "deepseek-api-key" } });
    const onboarding = executed.find(({ argv }) => argv[1] === "onboard");
    expect(onboarding?.argv).toContain("deepseek-api-key");
    expect(onboarding?.options.env).toEqual({ DEEPSEEK_API_KEY: KEY });
    const seen = JSON.stringify([
      executed.map(({ argv }) => argv),
      await panel.context.runtime.jobs.list(),
    ]);
    expect(seen + panel.logged.join("")).not.toContain(KEY);
  });

  test("that is refused says why, without the key", async () => {
    await using panel = await setUp();
    answer(panel, (command) => {
      if (command.startsWith("onboard"))
        return { exitCode: 1, stdout: "", stderr: `trying\nkey ${KEY} was rejected (401)\n` };
    });
    const job = await init(panel, { provider });
    expect(job.error?.reason).toBe("COMMAND_FAILED");
    expect(job.error?.message).toContain("deepseek-api-key: key *** was rejected (401).");
    expect(JSON.stringify(job) + panel.logged.join("")).not.toContain(KEY);
    expect(panel.context.runtime.live.locks.current("anna")).toBeNull();
  });
});

describe("the configuration", () => {
  test.each([
    [
      '{"valid":false,"issues":[{"path":"gateway.port","message":"must be a number"}]}',
      "gateway.port: must be a number.",
    ],
    ['{"valid":false,"issues":null}', 'accept the configuration: {"valid"'],
    ["null", "accept the configuration: null."],
    ["Segmentation fault", "Segmentation fault."],
    ["", "it gave no reason."],
  ])("that OpenClaw does not accept is named: %s", async (stdout, message) => {
    await using panel = await setUp();
    answer(panel, (command) => {
      if (command === "config validate") return { exitCode: 1, stdout, stderr: "" };
    });
    const job = await init(panel);
    expect(job).toMatchObject({ status: "failed", error: { reason: "CONFIG_INVALID" } });
    expect(job.error?.message).toContain(message);
  });
});

describe("while it works", () => {
  test("its steps are told, in order and each with progress", async () => {
    await using panel = await setUp();
    const release = Promise.withResolvers<void>();
    answer(panel, async (command) => {
      if (command.startsWith("onboard")) await release.promise;
    });
    const { id } = await initInstance(panel.context, { id: "anna", provider });
    const seen = async () => (await panel.context.runtime.jobs.get(id)).progress;
    await eventually(async () =>
      expect(await panel.context.runtime.jobs.get(id)).toMatchObject({ step: "init.onboard" }),
    );
    const before = await seen();
    panel.host.advance(1_000);
    await eventually(async () => expect(await seen()).toBeGreaterThan(before));
    release.resolve();
    await panel.context.runtime.jobs.finished(id);
    const log = await panel.context.runtime.jobs.log(id);
    expect(log.map(({ text }) => text)).toEqual([
      ...["init.start", "init.ready", "init.reach", "init.onboard", "init.validate", "init.ask"],
      "partial",
    ]);
  });
});

describe("an image", () => {
  test("that lists what it offers refuses another provider at once, and names the way out", async () => {
    const choice = { provider: "p", choiceId: "p-api-key", cliFlag: "--p-api-key" };
    const bundled = [{ id: "p", choices: [choice] }];
    const providers = { hasNpm: true, bundled, official: [] };
    await using panel = await setUp(true, { timing: { providers } });
    const begun = initInstance(panel.context, { id: "anna", provider });
    expect((await rejects(begun, "INVALID_INPUT")).message).toContain("custom-api-key");
    const executed = answer(panel, () => undefined);
    const own: Provider = { choice: "p-api-key", apiKey: KEY };
    await init(panel, { provider: own });
    const onboarding = executed.find(({ argv }) => argv[1] === "onboard");
    expect(onboarding?.options.env).toEqual({ P_API_KEY: KEY });
  });

  test("that lists nothing is taken for one of the version that the panel knows", async () => {
    await using panel = await setUp();
    const { isFromImage, offers } = await readOffers(panel.context, "anna");
    expect(isFromImage).toBe(false);
    expect(offers.map(({ choice }) => choice)).toContain("deepseek-api-key");
    expect(panel.logged.join("")).toContain("are not known: The image does not say");
  });

  test("that could not be asked is not said to refuse a provider, and is asked again", async () => {
    const bundled = [{ id: "p", choices: [{ provider: "p", choiceId: "p-key", cliFlag: "--p" }] }];
    const providers = { hasNpm: true, bundled, official: [] };
    await using panel = await setUp(true, { timing: { providers } });
    const late = new CommandOverrun("node", 60);
    panel.faults.failNext("engine.runOnce", late);
    const { reason, message } = late;
    const answer = await readOffers(panel.context, "anna");
    expect(answer).toMatchObject({ isFromImage: false, hindrance: { reason, message } });
    panel.faults.failNext("engine.runOnce", late);
    const own: Provider = { choice: "p-key", apiKey: KEY };
    const begun = initInstance(panel.context, { id: "anna", provider: own });
    const refusal = await rejects(begun, "INVALID_INPUT");
    expect(refusal.message).toContain(`could not be asked which it offers: ${message}`);
    expect(await readOffers(panel.context, "anna")).toMatchObject({ isFromImage: true });
  });
});

describe("it fails", () => {
  test("when the instance does not come up, with the reason", async () => {
    await using panel = await setUp(false);
    await panel.context.disk.storage.writeConfig("anna", "{ broken");
    const job = await init(panel);
    expect(job.error).toMatchObject({
      reason: "START_FAILED",
      message: expect.stringContaining("anna did not come up: It keeps ending"),
    });
  });

  test("when its port is taken", async () => {
    await using panel = await setUp(false);
    panel.engine.addForeign("thief", 20_000);
    expect((await init(panel)).error?.reason).toBe("PORT_TAKEN");
  });

  test("when the instance is stopped or deleted meanwhile", async () => {
    await using panel = await createTestPanel({ timing: { startDelayMs: 60_000 } });
    for (const end of [
      () => stopInstance(panel.context, "anna"),
      () => removeInstance(panel.context, { id: "anna", deleteData: true }),
    ]) {
      if (!panel.context.runtime.live.board.find("anna"))
        await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
      const job = await initInstance(panel.context, { id: "anna" });
      await panel.until("anna", "starting");
      await panel.context.runtime.live.board.until(
        "anna",
        (now) => now?.startedAt != null,
        AbortSignal.timeout(5_000),
      );
      await eventually(() => expect(panel.context.runtime.live.locks.current("anna")).toBeNull());
      await end();
      expect((await panel.context.runtime.jobs.finished(job.id)).error?.reason).toBe(
        "START_FAILED",
      );
    }
  });

  test("when it does not become ready in time, in words", async () => {
    await using panel = await setUp();
    answer(panel, () => ({ ...DONE, exitCode: 1 }));
    const { id } = await initInstance(panel.context, { id: "anna" }, { readyWithinMs: 100 });
    const job = await panel.context.runtime.jobs.finished(id);
    expect(job).toMatchObject({
      status: "failed",
      error: { reason: "START_FAILED", message: expect.stringContaining("took no commands") },
    });
    expect(panel.logged.join("")).not.toContain("job failed");
  });

  test("when the engine goes away", async () => {
    await using panel = await setUp();
    answer(panel, () => {
      panel.engine.setReachable(false);
      return DONE;
    });
    panel.faults.loseAnswer("engine.exec");
    expect((await init(panel)).error?.reason).toBe("ENGINE_UNREACHABLE");
  });
});

describe("while it goes on", () => {
  /** An onboarding that ends when it is cancelled. */
  async function onboarding(panel: TestPanel) {
    const begun = Promise.withResolvers<void>();
    answer(panel, (command, { signal }) => {
      if (!command.startsWith("onboard")) return DONE;
      begun.resolve();
      return new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason)),
      );
    });
    const job = await initInstance(panel.context, { id: "anna", provider });
    await begun.promise;
    return job;
  }

  test("nothing else is done with the instance, and it stays as it is on the page", async () => {
    await using panel = await setUp();
    const { id } = await onboarding(panel);
    for (const call of [
      () => stopInstance(panel.context, "anna"),
      () => removeInstance(panel.context, { id: "anna", deleteData: true }),
    ]) {
      const error = await rejects(call(), "BUSY");
      expect(error.message).toContain("initialising");
    }
    expect(panel.context.runtime.live.board.get("anna").status).toBe("running");
    await rejects(initInstance(panel.context, { id: "anna" }), "BUSY");
    await panel.context.runtime.jobs.cancel(id);
  });

  test("it can be cancelled, and leaves the instance free", async () => {
    await using panel = await setUp();
    const { id } = await onboarding(panel);
    expect(await panel.context.runtime.jobs.cancel(id)).toMatchObject({
      status: "cancelled",
      error: null,
    });
    expect(panel.context.runtime.live.locks.current("anna")).toBeNull();
    await stopInstance(panel.context, "anna");
  });

  test("it can be cancelled while it waits for the instance", async () => {
    await using panel = await setUp();
    answer(panel, () => ({ ...DONE, exitCode: 1 }));
    const { id } = await initInstance(panel.context, { id: "anna" });
    expect((await panel.context.runtime.jobs.cancel(id)).status).toBe("cancelled");
  });
});

describe("how it ended", () => {
  const BY = { user: "zhang", via: { kind: "session" as const, id: "s1" }, address: "" };

  async function ended(panel: TestPanel) {
    const { id } = await initInstance(panel.context, { id: "anna", provider }, { by: BY });
    const job = await panel.context.runtime.jobs.finished(id);
    const filter = { before: null, limit: 1, action: "instances.finishInit" };
    const [entry] = await panel.context.store.listAudit(filter);
    expect(entry).toMatchObject({ user: "zhang", instanceIds: ["anna"], object: id });
    return { job, result: entry?.result };
  }

  test("is failed in job and audit when the provider does not answer", async () => {
    await using panel = await setUp();
    const results = [{ status: "timeout", error: "LLM request failed: network connection error." }];
    const stdout = JSON.stringify({ auth: { probes: { results } } });
    answer(panel, (command) => (command === "models status" ? { ...DONE, stdout } : undefined));
    const { job, result } = await ended(panel);
    expect(job).toMatchObject({ status: "failed", error: { reason: "PROVIDER_FAILED" } });
    expect(job.error?.message).toContain("network connection error");
    expect(result).toBe("PROVIDER_FAILED");
  });

  test("is failed before anything is changed when the instance does not reach it", async () => {
    await using panel = await setUp();
    const unreached = { phase: "port", code: "ECONNREFUSED", message: "", seconds: 0.1 };
    const executed = answer(panel, (_command, options) => {
      if (options.withinSeconds === undefined) return;
      const where = { address: OWN.baseUrl, host: "10.1.1.1" };
      return { ...DONE, stdout: JSON.stringify([{ ...unreached, ...where }]) };
    });
    const { id } = await initInstance(panel.context, { id: "anna", provider: OWN }, { by: BY });
    const job = await panel.context.runtime.jobs.finished(id);
    expect(job).toMatchObject({ status: "failed", error: { reason: "PROVIDER_UNREACHABLE" } });
    expect(executed.map(({ argv }) => argv[1])).not.toContain("onboard");
    const filter = { before: null, limit: 1, action: "instances.finishInit" };
    const [entry] = await panel.context.store.listAudit(filter);
    expect(entry?.result).toBe("PROVIDER_UNREACHABLE");
  });

  test("is done when it answered, and partly when nobody could ask", async () => {
    await using panel = await setUp();
    const results = [{ status: "ok" }];
    const stdout = JSON.stringify({ auth: { probes: { results } } });
    answer(panel, (command) => (command === "models status" ? { ...DONE, stdout } : undefined));
    const { job, result } = await ended(panel);
    expect(job).toMatchObject({ status: "succeeded", result: { answered: true } });
    expect(result).toBe("ok");
    answer(panel, () => undefined);
    const unproven = await ended(panel);
    expect(unproven.job).toMatchObject({ status: "partial", result: { answered: null } });
    expect(unproven.result).toBe("partial");
  });
});

test("an engine that runs no programs inside is refused at once, with another way", async () => {
  await using panel = await createTestPanel({ timing: { capabilities: { exec: false } } });
  await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
  const error = await rejects(initInstance(panel.context, { id: "anna" }), "NOT_SUPPORTED");
  expect(error.message).toContain("Control UI");
  expect(await panel.context.runtime.jobs.list()).toEqual([]);
});
