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

const agent = new http.Agent({ keepAlive: true });

/** One call of the Engine API with nothing around it; resolves with the whole answer. */
export function callDocker(method: "GET" | "POST", path: string, body?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { host: "docker", "content-type": "application/json" };
    const request = http.request({ socketPath: SOCKET, agent, method, path, headers });
    request.on("response", async (response) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const text = Buffer.concat(chunks).toString("utf8");
        if ((response.statusCode ?? 500) < 400) resolve(text);
        else reject(new Error(`${method} ${path}: ${text}`));
      } catch (error) {
        reject(error);
      }
    });
    request.on("error", reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
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
