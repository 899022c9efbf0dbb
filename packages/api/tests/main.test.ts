import { once } from "node:events";
import { access, readdir, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "./support/deadline.ts";
import { listenOn } from "./support/engine-project.ts";
import { freePort } from "./support/free-port.ts";
import { PanelProcess, spawnPanel } from "./support/panel-process.ts";
import { makeHome } from "./support/test-app.ts";

let home: string;
beforeEach(async () => {
  home = await makeHome();
});
afterEach(() => rm(home, { recursive: true, force: true }));

const memory = () => ({ CLAW_HOME: home, CLAW_ENGINE: "memory" });

/** How a panel ended that could not start. */
async function failure(env: Record<string, string>) {
  const { child, output } = spawnPanel({ ...memory(), ...env });
  const [code] = await once(child, "close");
  return { code, text: output.lines.join("\n") };
}

test("it says where it is, and is there", async () => {
  await using panel = await PanelProcess.start(memory());
  expect(panel.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await (await fetch(`${panel.url}/healthz`)).json()).toEqual({ ok: true });
  expect((await panel.client.system.status.query()).engine.kind).toBe("memory");
  await access(path.join(home, "data/claw.db"));
});

test("it is at both loopback addresses, as browsers may try either first", async () => {
  await using panel = await PanelProcess.start(memory());
  const { port } = new URL(panel.url);
  expect((await fetch(`http://[::1]:${port}/healthz`)).status).toBe(200);
});

test("another program at the other loopback address keeps it from starting, and is named", async () => {
  const other = createServer().listen({ host: "::1", port: 0 });
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const { code, text } = await failure({ CLAW_PORT: String(port) });
  other.close();
  expect(code).toBe(1);
  expect(text).toContain(`(process ${process.pid}) listens at [::1]:${port}`);
});

test("it listens where it is told to", async () => {
  await using panel = await PanelProcess.start({ ...memory(), CLAW_HOST: "127.0.0.2" });
  expect(panel.url).toMatch(/^http:\/\/127\.0\.0\.2:/);
  expect((await fetch(`${panel.url}/healthz`)).status).toBe(200);
});

test("it gives no port on which another program listens", async () => {
  const port = await freePort();
  await using _ = await listenOn(port);
  await using panel = await PanelProcess.start({ ...memory(), CLAW_BASE_PORT: String(port) });
  const { instances } = panel.client;
  expect((await instances.proposePort.query()).port).toBeGreaterThan(port);
  await expect(instances.create.mutate({ id: "anna", name: "Anna", port })).rejects.toMatchObject({
    data: { reason: "PORT_TAKEN" },
  });
});

describe("asked to end", () => {
  test.each([
    "SIGTERM",
    "SIGINT",
  ] as const)("it ends in order, with viewers connected: %s", async (signal) => {
    await using panel = await PanelProcess.start(memory());
    await panel.client.instances.create.mutate({ id: "anna", name: "Anna" });
    await new Promise((resolve) => {
      panel.client.instances.watch.subscribe(undefined, { onData: resolve, onError: () => {} });
      panel.client.instances.logs.subscribe({ id: "anna" }, { onError: () => {} });
    });
    const asked = performance.now();
    expect(await panel.end(signal)).toBe(0);
    expect(performance.now() - asked).toBeLessThan(5_000);
  });

  test("it ends in the middle of its work, which the next one finishes", async () => {
    {
      await using panel = await PanelProcess.start(memory());
      const { instances } = panel.client;
      const creations = Array.from({ length: 10 }, (_, n) =>
        instances.create.mutate({ id: `i${n}`, name: "x" }).catch(() => null),
      );
      await Promise.race(creations);
      const asked = performance.now();
      expect(await panel.end("SIGTERM")).toBe(0);
      expect(performance.now() - asked).toBeLessThan(5_000);
    }
    await using panel = await PanelProcess.start(memory());
    await eventually(async () => {
      const listed = await panel.client.instances.list.query();
      expect(listed.length).toBeGreaterThan(0);
      expect(new Set(listed.map(({ status }) => status))).toEqual(new Set(["running"]));
      const folders = await readdir(path.join(home, "instances"));
      expect(folders.sort()).toEqual(listed.map(({ id }) => id));
    }, 20_000);
  });

  test("it keeps what it knows", async () => {
    {
      await using panel = await PanelProcess.start(memory());
      await panel.client.instances.create.mutate({ id: "anna", name: "Anna", start: false });
      await panel.end("SIGTERM");
    }
    await using panel = await PanelProcess.start(memory());
    expect(await panel.client.instances.list.query()).toMatchObject([{ id: "anna", port: 18_789 }]);
  });
});

describe("it does not start, and says why in words,", () => {
  test("with settings that are wrong", async () => {
    const { code, text } = await failure({ CLAW_HOST: "somewhere", CLAW_PORT: "x" });
    expect(code).toBe(1);
    expect(text).toContain("The panel could not start.");
    expect(text).toContain("CLAW_HOST must be localhost or an IP address");
    expect(text).toContain("CLAW_PORT must be a number");
    expect(text).not.toContain("    at ");
  });

  test("where other machines reach it, before it is set up", async () => {
    const open = { CLAW_HOST: "0.0.0.0", CLAW_PUBLIC_NAMES: "127.0.0.3" };
    const { code, text } = await failure(open);
    expect(code).toBe(1);
    expect(text).toContain("not set up yet");
    expect(text).not.toContain("    at ");
    // Over HTTP, for which nobody has to trust its authority.
    const plain = { ...open, CLAW_INSTANCE_DOMAIN: "none" };
    await using panel = await PanelProcess.start({ ...memory(), ...plain });
    expect(panel.url).toMatch(/^http:\/\/127\.0\.0\.3:/);
  });

  test("with a password that is tried first, which it does not repeat", async () => {
    const { code, text } = await failure({ CLAW_ADMIN_PASSWORD: "password123456" });
    expect(code).toBe(1);
    expect(text).toContain("CLAW_ADMIN_PASSWORD cannot be used. This password is one of those");
    expect(text).not.toContain("password123456");
  });

  test("on a port that is in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const { code, text } = await failure({ CLAW_PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(text).toContain(String(port));
    expect(text).not.toContain("    at ");
  });

  test("in a home that another panel uses, which goes on; and does when that one was killed", async () => {
    {
      await using panel = await PanelProcess.start(memory());
      const { code, text } = await failure({});
      expect(code).toBe(1);
      expect(text).toContain("Another panel is using");
      expect(text).toContain(home);
      expect(text).not.toContain("    at ");
      expect(await panel.client.instances.list.query()).toEqual([]);
      await panel.kill();
    }
    await using _next = await PanelProcess.start(memory());
  });

  test.runIf(process.platform === "linux")("in a home that cannot hold files", async () => {
    for (const home of ["/proc", "/proc/home/of/it"]) {
      const { code, text } = await failure({ CLAW_HOME: home });
      expect(code).toBe(1);
      expect(text).toContain("CLAW_HOME cannot be used");
      expect(text).toContain("/proc");
    }
  });

  test("in a home that is a file", async () => {
    const { code, text } = await failure({ CLAW_HOME: import.meta.filename });
    expect(code).toBe(1);
    expect(text).toContain("CLAW_HOME cannot be used");
  });
});

test("without Docker it starts all the same, and says so", async () => {
  const nowhere = `unix://${path.join(home, "no.sock")}`;
  await using panel = await PanelProcess.start({
    CLAW_HOME: home,
    CLAW_ENGINE: "docker",
    DOCKER_HOST: nowhere,
  });
  const { engine } = await panel.client.system.status.query();
  expect(engine).toMatchObject({ kind: "docker", reachable: false, version: null });
  expect(engine.error).toContain("Start Docker");
  await expect(
    panel.client.instances.create.mutate({ id: "anna", name: "Anna" }),
  ).rejects.toMatchObject({ data: { reason: "ENGINE_UNREACHABLE" } });
  expect(await panel.client.instances.list.query()).toEqual([]);
  expect(await panel.end("SIGTERM")).toBe(0);
});
