import type { Instance } from "@claw/core/instance";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "./support/deadline.ts";
import { docker } from "./support/docker.ts";
import { DockerHome } from "./support/docker-home.ts";
import { PanelProcess } from "./support/panel-process.ts";

let place: DockerHome;
let panel: PanelProcess;
/** The state a page would show, built from the watch stream alone. */
const page = new Map<string, Instance>();
/** Every status that a page was told, in order. */
const told: string[] = [];

beforeAll(async () => {
  place = await DockerHome.make(23_100, "10.218.0.0/24");
  panel = await PanelProcess.start(place.env);
  panel.client.instances.watch.subscribe(undefined, {
    onData: (event) => {
      if (event.type === "snapshot") for (const each of event.instances) page.set(each.id, each);
      if (event.type === "removed") page.delete(event.id);
      if (event.type !== "changed") return;
      page.set(event.instance.id, event.instance);
      told.push(`${event.instance.id} ${event.instance.status}`);
    },
  });
});
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

const shows = (id: string, status: Instance["status"], withinMs = 20_000) =>
  eventually(() => {
    expect(page.get(id)?.status).toBe(status);
    return page.get(id) as Instance;
  }, withinMs);

async function made(id: string) {
  await panel.client.instances.create.mutate({ id, name: id });
  await shows(id, "running");
}

describe("what is done from outside is on the page within two seconds", () => {
  test("docker kill", async () => {
    await made("killed");
    await docker("kill", "openclaw-killed");
    expect(await shows("killed", "error", 2_000)).toMatchObject({
      statusDetail: { code: "EXITED", exitCode: 137 },
    });
    await panel.client.instances.start.mutate({ id: "killed" });
    expect((await shows("killed", "running")).statusReason).toBeNull();
  });

  test("docker stop and docker start", async () => {
    await made("stopped");
    await docker("stop", "openclaw-stopped");
    await shows("stopped", "stopped", 2_000);
    await docker("start", "openclaw-stopped");
    await shows("stopped", "running");
  });

  test("docker pause and docker unpause", async () => {
    await made("paused");
    await docker("pause", "openclaw-paused");
    expect((await shows("paused", "error", 2_000)).statusDetail?.code).toBe("CONTAINER_PAUSED");
    await docker("unpause", "openclaw-paused");
    await shows("paused", "running");
  });

  test("docker rm -f, after which a start makes it again", async () => {
    await made("removed");
    await docker("rm", "-f", "openclaw-removed");
    expect((await shows("removed", "error", 2_000)).statusDetail?.code).toBe("CONTAINER_MISSING");
    await panel.client.instances.start.mutate({ id: "removed" });
    await shows("removed", "running");
  });
});

describe("an instance that cannot start", () => {
  async function broken(id: string, mark: string) {
    const { instances } = panel.client;
    await instances.create.mutate({ id, name: id, start: false });
    const { text, revision } = await instances.readConfig.query({ id });
    const edited = text.replace("{", `{ // ${mark}\n`);
    await instances.saveConfig.mutate({ id, text: edited, revision });
    await instances.start.mutate({ id });
  }

  test("is in error with its exit code and last lines, and never shows as running", async () => {
    await broken("looping", "STUB_INVALID");
    const instance = await eventually(() => {
      const now = page.get("looping");
      expect(now?.restartCount).toBeGreaterThanOrEqual(4);
      expect(now?.statusDetail?.lines.length).toBeGreaterThan(0);
      return now as Instance;
    }, 30_000);
    expect(instance).toMatchObject({
      status: "error",
      statusReason: expect.stringContaining("exit code 78"),
      statusDetail: { code: "CRASH_LOOP", exitCode: 78 },
    });
    expect(instance.statusDetail?.lines.at(-1)).toContain("Invalid config");
    expect(instance.statusDetail?.lines.length).toBeLessThanOrEqual(20);
    const statuses = new Set(told.filter((each) => each.startsWith("looping ")));
    expect(statuses).not.toContain("looping running");
    expect((await panel.client.instances.stop.mutate({ id: "looping" })).status).toBe("stopped");
  });

  test("runs again when its configuration is mended", async () => {
    const { instances } = panel.client;
    const { text, revision } = await instances.readConfig.query({ id: "looping" });
    const mended = text.replace("STUB_INVALID", "mended");
    await instances.saveConfig.mutate({ id: "looping", text: mended, revision });
    await instances.start.mutate({ id: "looping" });
    expect((await shows("looping", "running")).statusReason).toBeNull();
  });

  test("shows as starting as long as it does not answer", async () => {
    await broken("slow", "STUB_SLOW_START:3");
    await shows("slow", "starting");
    const { startedAt } = await shows("slow", "running");
    expect(Date.now() - Date.parse(startedAt ?? "")).toBeGreaterThan(3_000);
  });
});
