import { readFile } from "node:fs/promises";
import os from "node:os";
import { errorCode } from "@claw/core/errors";
import type { HostRoute } from "@claw/core/subnet-allocation";

const LINUX_ROUTES = "/proc/net/route";

/** The networks of this machine's interfaces and, on Linux, the targets of its routes. IPv4. */
export async function readRoutes(file = LINUX_ROUTES): Promise<HostRoute[]> {
  return [...interfaces(), ...(await kernelRoutes(file))];
}

function interfaces(): HostRoute[] {
  return Object.entries(os.networkInterfaces()).flatMap(([via, addresses = []]) =>
    addresses.flatMap(({ family, internal, cidr }) =>
      family === "IPv4" && !internal && cidr !== null ? [{ network: cidr, via }] : [],
    ),
  );
}

async function kernelRoutes(file: string): Promise<HostRoute[]> {
  try {
    return (await readFile(file, "utf8")).split("\n").slice(1).flatMap(parseLine);
  } catch (error) {
    // Only Linux has the file.
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

/**
 * `eth0 0000A8C0 00000000 0001 …`: interface, destination, gateway and, in the eighth place, mask.
 */
function parseLine(line: string): HostRoute[] {
  const [via, destination, , , , , , mask] = line.split("\t").map((word) => word.trim());
  if (!via || !isAddress(destination) || !isAddress(mask)) return [];
  const prefix = [...Number.parseInt(mask, 16).toString(2)].filter((bit) => bit === "1").length;
  return [{ network: `${dotted(destination)}/${prefix}`, via }];
}

function isAddress(hex: string | undefined): hex is string {
  return hex !== undefined && /^[0-9A-F]{8}$/i.test(hex);
}

/** The kernel prints addresses as numbers in the machine's byte order. */
function dotted(hex: string): string {
  const bytes = [...Buffer.from(hex, "hex")];
  return (os.endianness() === "LE" ? bytes.reverse() : bytes).join(".");
}
