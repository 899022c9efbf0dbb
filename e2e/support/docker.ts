import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";

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
