import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect } from "vitest";

const run = promisify(execFile);
const HOME_LABEL = "com.clawmultideploy.home";

export const STUB_IMAGE = process.env.CLAW_TEST_STUB_IMAGE ?? "openclaw:stub";
export const OPENCLAW_IMAGE = process.env.CLAW_TEST_OPENCLAW_IMAGE ?? "openclaw:local";

/** An id for this run: names of containers are shared by everybody on the machine. */
export const uniqueId = (word: string) => `${word}-${randomBytes(3).toString("hex")}`;

/** Runs the docker command; resolves with what it printed. */
export async function docker(...argv: string[]): Promise<string> {
  const { stdout } = await run("docker", argv, { maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

/** Names of the containers, running or not, of the panel with this home. */
export async function containersOf(home: string): Promise<string[]> {
  const filter = `label=${HOME_LABEL}=${home}`;
  return words(await docker("ps", "--all", "--format", "{{.Names}}", "--filter", filter));
}

export async function networksOf(home: string): Promise<string[]> {
  const filter = `label=${HOME_LABEL}=${home}`;
  return words(await docker("network", "ls", "--format", "{{.Name}}", "--filter", filter));
}

/** Of an address in /proc/net/if_inet6 that Linux has not given yet, as another may have it. */
const TENTATIVE = 0x40;

/**
 * Waits until the networks of the panel with this home have their addresses, a second or two after
 * their containers run: Chromium gives up the connections that it is opening when one comes.
 */
export async function untilAddressed(home: string): Promise<void> {
  const filter = `label=${HOME_LABEL}=${home}`;
  const bridges = words(await docker("network", "ls", "--quiet", "--filter", filter)).map(
    (id) => `br-${id}`,
  );
  const ends = bridges.map((name) => readdir(`/sys/class/net/${name}/brif`).catch(() => []));
  const devices = new Set([...bridges, ...(await Promise.all(ends)).flat()]);
  const waiting = async () =>
    (await readFile("/proc/net/if_inet6", "utf8").catch(() => ""))
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , , flags = "0", device = ""]) => {
        return devices.has(device) && Number.parseInt(flags, 16) & TENTATIVE;
      });
  await expect.poll(waiting).toEqual([]);
}

/** Removes what the panel with this home made in Docker, whatever state it is in. */
export async function sweep(home: string): Promise<void> {
  const containers = await containersOf(home);
  if (containers.length > 0) await docker("rm", "--force", "--volumes", ...containers);
  const networks = await networksOf(home);
  if (networks.length > 0) await docker("network", "rm", ...networks);
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
