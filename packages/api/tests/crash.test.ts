import { expect, test } from "vitest";
import type { AppContext } from "../src/context.ts";
import { MemoryEngine } from "../src/engine/memory/memory-engine.ts";
import { createInstance } from "../src/services/instance/create-instance.ts";
import { removeInstance } from "../src/services/instance/remove-instance.ts";
import { restartInstance } from "../src/services/instance/restart-instance.ts";
import { startInstance } from "../src/services/instance/start-instance.ts";
import { stopInstance } from "../src/services/instance/stop-instance.ts";
import { eventually } from "./support/deadline.ts";
import {
  createTestPanel,
  homeOfTest,
  TEST_IMAGE,
  TEST_RANGES,
  type TestPanel,
} from "./support/test-app.ts";
import { expectGone, expectWhole } from "./support/wholeness.ts";

interface Story {
  /** Instances that exist before the crash, and whether they run. */
  before: "running" | "stopped" | "kept data" | "nothing";
  action: (ctx: AppContext, panel: TestPanel) => Promise<unknown>;
  /** How it may be afterwards. */
  after: ("running" | "stopped" | "port taken" | "gone" | "gone, data kept")[];
}

const anna = { id: "anna", name: "Anna", start: true };

const STORIES: Record<string, Story> = {
  create: {
    before: "nothing",
    action: (ctx) => createInstance(ctx, anna),
    after: ["running", "gone"],
  },
  "create without starting": {
    before: "nothing",
    action: (ctx) => createInstance(ctx, { ...anna, start: false }),
    after: ["stopped", "gone"],
  },
  "create on a port that is taken before the start": {
    before: "nothing",
    action: (ctx, panel) => {
      panel.faults.onNext("engine.start", () => panel.engine.addForeign("thief", 20_001));
      return createInstance(ctx, anna);
    },
    // Nobody knows any more whether the port was chosen by a person, so it is not exchanged.
    after: ["running", "port taken", "gone"],
  },
  "create over data that was kept": {
    before: "kept data",
    action: (ctx) => createInstance(ctx, anna),
    after: ["running", "gone, data kept"],
  },
  start: {
    before: "stopped",
    action: (ctx) => startInstance(ctx, "anna"),
    after: ["running", "stopped"],
  },
  stop: {
    before: "running",
    action: (ctx) => stopInstance(ctx, "anna"),
    after: ["running", "stopped"],
  },
  restart: {
    before: "running",
    action: (ctx) => restartInstance(ctx, "anna"),
    after: ["running"],
  },
  "remove with data": {
    before: "running",
    action: (ctx) => removeInstance(ctx, { id: "anna", deleteData: true }),
    after: ["running", "gone"],
  },
  "remove without data": {
    before: "running",
    action: (ctx) => removeInstance(ctx, { id: "anna", deleteData: false }),
    after: ["running", "gone, data kept"],
  },
};

async function setUp(panel: TestPanel, before: Story["before"]): Promise<void> {
  const ctx = panel.context;
  await createInstance(ctx, { id: "ben", name: "Ben", start: true });
  await panel.until("ben", "running");
  if (before === "nothing") return;
  await createInstance(ctx, { ...anna, start: before === "running" });
  if (before === "running") await panel.until("anna", "running");
  if (before === "kept data") await removeInstance(ctx, { id: "anna", deleteData: false });
}

/** How an instance is when nothing more will be done. */
async function outcome(panel: TestPanel): Promise<Story["after"][number]> {
  const spec = await panel.context.store.findInstance("anna");
  if (spec === null) {
    const dataKept = await panel.context.disk.storage.hasInstance("anna");
    await expectGone(panel, "anna", { dataKept });
    return dataKept ? "gone, data kept" : "gone";
  }
  const container = panel.engine.survey().ports.get(spec.port);
  if (container === "thief") {
    const { statusReason } = panel.context.runtime.live.board.get("anna");
    expect(statusReason).toContain(`${spec.port}`);
    return "port taken";
  }
  await expectWhole(panel, "anna");
  const state = (await panel.engine.list("anna")).get("anna")?.state;
  expect(state === "running").toBe(spec.desired === "running");
  const { status } = panel.context.runtime.live.board.get("anna");
  expect(["running", "stopped", "created"]).toContain(status);
  expect(status === "running").toBe(spec.desired === "running");
  return spec.desired;
}

/** Lets the panel die before its call number `n`. True when it was done before that. */
async function dieAt(n: number, { before, action, after }: Story, seen: Set<string>) {
  const home = await homeOfTest();
  await using engine = new MemoryEngine({
    home,
    ranges: TEST_RANGES,
    images: [TEST_IMAGE],
    startDelayMs: 5,
    heartbeatMs: 600_000,
  });
  const died = await createTestPanel({ home, engine });
  await setUp(died, before);
  died.faults.dieAt(n);
  const acting = action(died.context, died).then(() => true);
  const done = await Promise.race([acting, died.faults.died.then(() => false)]);
  died.faults.die();
  await died[Symbol.asyncDispose]();

  {
    await using panel = await createTestPanel({ home, engine, busy: true });
    const result = await eventually(() => outcome(panel));
    const told = `after a crash at call ${n} (${died.faults.calls[n]?.method}) it is ${result}`;
    expect(after, told).toContain(result);
    seen.add(result);
    await panel.until("ben", "running");
    await expectWhole(panel, "ben");
    expect(panel.context.runtime.live.observer.orphans()).toEqual([]);
  }
  return done;
}

test.each(Object.entries(STORIES))(
  "killed at any call of: %s",
  { timeout: 120_000 },
  async (_, story) => {
    const seen = new Set<string>();
    let n = 0;
    while (!(await dieAt(n, story, seen))) n += 1;
    expect(n).toBeGreaterThan(2);
    // Each way in which it may end did come about, or the deaths were not spread.
    expect([...seen].sort()).toEqual([...story.after].sort());
  },
);
