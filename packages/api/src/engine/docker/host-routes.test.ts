import { mkdtempDisposable, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { readRoutes } from "./host-routes.ts";

/** As `cat /proc/net/route` prints it on a little-endian machine, with its padding. */
const PROC_NET_ROUTE = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0   
tun0\t0000620A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0   
wg0\t0100A8C0\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0   
`;

test.runIf(os.endianness() === "LE")("the kernel's routes are read as networks", async () => {
  await using folder = await mkdtempDisposable(path.join(os.tmpdir(), "claw-routes-"));
  const file = path.join(folder.path, "route");
  await writeFile(file, PROC_NET_ROUTE);
  expect(await readRoutes(file)).toEqual(
    expect.arrayContaining([
      { network: "0.0.0.0/0", via: "eth0" },
      { network: "10.98.0.0/24", via: "tun0" },
      { network: "192.168.0.1/32", via: "wg0" },
    ]),
  );
});

test("the networks of this machine's own interfaces are among them, where there is no such file", async () => {
  const own = Object.values(os.networkInterfaces())
    .flatMap((addresses = []) => addresses)
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .map(({ cidr }) => cidr);
  const routes = await readRoutes("/nowhere/route");
  expect(routes.map(({ network }) => network)).toEqual(own);
});

test("what this machine says of its routes can be read", async () => {
  for (const { network, via } of await readRoutes()) {
    expect(network).toMatch(/^\d+\.\d+\.\d+\.\d+\/\d+$/);
    expect(via).not.toBe("");
  }
});
