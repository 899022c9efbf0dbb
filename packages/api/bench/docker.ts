import { execFile } from "node:child_process";
import http from "node:http";
import { promisify } from "node:util";
import { LABEL } from "@claw/core/naming";

const run = promisify(execFile);
const MAX_OUTPUT = 256 * 1024 * 1024;

/** Docker's socket: references ask it directly, without any client library. */
export const SOCKET = process.env.DOCKER_HOST?.replace(/^unix:\/\//, "") || "/var/run/docker.sock";

/** Runs a program to its end; resolves with what it printed. */
export async function execute(file: string, argv: readonly string[]): Promise<string> {
  const { stdout } = await run(file, [...argv], { maxBuffer: MAX_OUTPUT });
  return stdout.trim();
}

export function docker(...argv: string[]): Promise<string> {
  return execute("docker", argv);
}

/** Opens a GET on the Engine API; the answer is read as it comes. */
export function openDockerStream(path: string, signal: AbortSignal): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = http.get({ socketPath: SOCKET, path, signal, headers: { host: "docker" } });
    request.on("response", resolve);
    request.on("error", reject);
  });
}

/** The whole answer of a GET on the Engine API. */
export async function getFromDocker(path: string): Promise<string> {
  const response = await openDockerStream(path, AbortSignal.timeout(60_000));
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** Removes every container and network whose home lies in `folder`, running or not. */
export async function sweep(folder: string): Promise<void> {
  const filter = ["--filter", `label=${LABEL.home}`, "--format"];
  const format = `{{.ID}} {{.Label "${LABEL.home}"}}`;
  const containers = await docker("ps", "--all", ...filter, format);
  await inParts(idsWithin(containers, folder), (ids) => docker("rm", "--force", ...ids));
  const networks = await docker("network", "ls", ...filter, format);
  await inParts(idsWithin(networks, folder), (ids) => docker("network", "rm", ...ids));
}

function idsWithin(listing: string, folder: string): string[] {
  return listing.split("\n").flatMap((line) => {
    const space = line.indexOf(" ");
    const home = line.slice(space + 1);
    return home === folder || home.startsWith(`${folder}/`) ? [line.slice(0, space)] : [];
  });
}

/** Docker's own client removes all of a command line at once: not too many. */
async function inParts(ids: readonly string[], action: (ids: string[]) => Promise<unknown>) {
  for (let at = 0; at < ids.length; at += 10) await action(ids.slice(at, at + 10));
}
