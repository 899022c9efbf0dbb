import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createClawClient } from "../src/client.ts";
import { eventually } from "./support/deadline.ts";
import { ADMINISTRATOR, spawnPanelOnto } from "./support/panel-process.ts";
import { canMount, TinyDisk } from "./support/tiny-disk.ts";

/** A panel whose output leads to `output`, and that answers. */
async function start(output: number, home: string) {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  const port = typeof address === "object" && address ? address.port : 0;
  listener.close();
  const child = spawnPanelOnto(output, {
    CLAW_HOME: home,
    CLAW_ENGINE: "memory",
    CLAW_LOG_LEVEL: "debug",
    CLAW_PORT: String(port),
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const url = `http://127.0.0.1:${port}`;
  await eventually(() => fetch(`${url}/healthz`), 15_000);
  return { child, url, client: createClawClient({ url }) };
}

async function healthz(url: string) {
  const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(3_000) });
  return answer.status;
}

async function endOf(child: ChildProcess) {
  const ended = once(child, "exit", { signal: AbortSignal.timeout(8_000) });
  child.kill("SIGTERM");
  return (await ended)[0];
}

describe.runIf(canMount)("with its home and its log on a disk that is full", () => {
  test("the panel answers call after call, and ends when it is asked to", async () => {
    await using disk = await TinyDisk.mount("32m");
    const log = openSync(path.join(disk.folder, "panel.log"), "a");
    const { child, url, client } = await start(log, disk.folder);
    closeSync(log);
    for (let n = 0; n < 6; n++) {
      await disk.fill();
      await client.auth.login
        .mutate(ADMINISTRATOR, { signal: AbortSignal.timeout(5_000) })
        .catch((error) => expect(error).toMatchObject({ data: { reason: "DISK_FULL" } }));
      expect(await healthz(url)).toBe(200);
    }
    expect(await endOf(child)).toBe(0);
  });
});
