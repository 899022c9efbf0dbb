import { readdir, readFile, readlink } from "node:fs/promises";
import { isIPv6 } from "node:net";

const LISTENING = "0A";

/**
 * The program that listens at a loopback address, such as `node (process 123)`; null where that
 * cannot be told: only Linux says, and only of one's own processes.
 */
export async function readListener(
  address: string,
  port: number,
  proc = "/proc",
): Promise<string | null> {
  try {
    const inodes = await listeningInodes(address, port, proc);
    for (const pid of await readdir(proc))
      if (/^\d+$/.test(pid) && (await holds(`${proc}/${pid}/fd`, inodes)))
        return `${(await readFile(`${proc}/${pid}/comm`, "utf8")).trim()} (process ${pid})`;
    return null;
  } catch {
    // It helps a message only; the message is right without it.
    return null;
  }
}

/** Sockets that listen at the address, or at all of its family. */
async function listeningInodes(address: string, port: number, proc: string): Promise<Set<string>> {
  const isV6 = isIPv6(address);
  const table = await readFile(`${proc}/net/${isV6 ? "tcp6" : "tcp"}`, "utf8");
  const hosts = isV6
    ? ["00000000000000000000000001000000", "0".repeat(32)]
    : ["0100007F", "00000000"];
  const hexPort = port.toString(16).toUpperCase().padStart(4, "0");
  const lines = table.split("\n").map((line) => line.trim().split(/\s+/));
  const here = lines.filter(
    ([, local = "", , state]) =>
      state === LISTENING && hosts.some((host) => local === `${host}:${hexPort}`),
  );
  return new Set(here.map((fields) => `socket:[${fields[9]}]`));
}

async function holds(folder: string, inodes: ReadonlySet<string>): Promise<boolean> {
  // Processes end meanwhile, and those of others cannot be looked into.
  const files = await readdir(folder).catch(() => []);
  for (const file of files)
    if (inodes.has(await readlink(`${folder}/${file}`).catch(() => ""))) return true;
  return false;
}
