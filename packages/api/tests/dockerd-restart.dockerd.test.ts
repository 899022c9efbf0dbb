import { rm } from "node:fs/promises";
import type { Instance, InstanceStatus } from "@claw/core/instance";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import type { AppContext } from "../src/context.ts";
import { createInstance } from "../src/services/instance/create-instance.ts";
import { removeInstance } from "../src/services/instance/remove-instance.ts";
import { stopInstance } from "../src/services/instance/stop-instance.ts";
import { STUB_IMAGE } from "./support/docker.ts";
import { startDockerd, stopDockerd } from "./support/dockerd.ts";
import { makeHome } from "./support/test-app.ts";

let home: string;
let app: App;
let context: AppContext;

beforeAll(async () => {
  home = await makeHome();
  const config = readConfig({
    CLAW_HOME: home,
    CLAW_IMAGE: STUB_IMAGE,
    CLAW_BASE_PORT: "23400",
    CLAW_SUBNET_POOL: "10.219.0.0/24",
    CLAW_LOG_LEVEL: "silent",
  });
  app = await createApp(config);
  context = app.context;
});

afterAll(async () => {
  for (const { id } of await context.store.listInstances())
    await removeInstance(context, { id, deleteData: true });
  await app[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

const until = (id: string, status: InstanceStatus): Promise<Instance | null> =>
  context.runtime.live.board.until(
    id,
    (now) => now?.status === status,
    AbortSignal.timeout(60_000),
  );

test("Docker is stopped and started under the panel: unknown, and right again by itself", async () => {
  await createInstance(context, { id: "runs", name: "Runs", start: true });
  await createInstance(context, { id: "rests", name: "Rests", start: true });
  await until("runs", "running");
  await until("rests", "running");
  await stopInstance(context, "rests");

  await stopDockerd();
  expect(await until("runs", "unknown")).toMatchObject({
    statusDetail: { code: "ENGINE_UNREACHABLE" },
  });
  await until("rests", "unknown");
  const creation = createInstance(context, { id: "late", name: "Late", start: true });
  await expect(creation).rejects.toMatchObject({ reason: "ENGINE_UNREACHABLE" });
  expect(await context.store.findInstance("late")).toBeNull();
  await expect(stopInstance(context, "runs")).rejects.toMatchObject({
    reason: "ENGINE_UNREACHABLE",
  });

  await startDockerd();
  await until("runs", "running");
  expect(await until("rests", "stopped")).toMatchObject({ desired: "stopped" });
  await createInstance(context, { id: "late", name: "Late", start: true });
  await until("late", "running");
}, 240_000);
