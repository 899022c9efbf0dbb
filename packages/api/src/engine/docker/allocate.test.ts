import { DEFAULT_RANGES } from "@claw/core/subnet-allocation";
import { expect, test } from "vitest";
import { listenOn } from "../../../tests/support/engine-project.ts";
import { FakeDocker, json } from "../../../tests/support/fake-docker.ts";
import { freePort } from "../../../tests/support/free-port.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { findFreePort, findFreeSubnet, findPortsInUse } from "./allocate.ts";
import { createConnection } from "./connection.ts";
import { createHealthProbe } from "./health-probe.ts";

/** A Docker without containers, and one network. */
const quietDocker = () =>
  FakeDocker.start([
    [/GET \/containers\/json/, json(() => [])],
    [/GET \/networks/, json(() => [{ IPAM: { Config: [{ Subnet: "10.213.0.0/28" }] } }])],
  ]);

const contextOf = ({ address, home }: FakeDocker, ranges = {}) => ({
  connection: createConnection(address),
  home,
  ranges: { ...DEFAULT_RANGES, ...ranges },
  probe: createHealthProbe(),
  onWarning: () => {},
  pingEveryMs: 10_000,
});

test("a port is tested at the address where it will be published", async () => {
  await using docker: FakeDocker = await quietDocker();
  const basePort = await freePort();
  await using _ = await listenOn(basePort);
  const here = contextOf(docker, { basePort });
  expect(await findFreePort(here, [])).toBeGreaterThan(basePort);
  expect([...(await findPortsInUse(here, [basePort])).values()]).toEqual(["another program"]);
  // An address of this machine on Linux alone; elsewhere the engine's host judges.
  const elsewhere = contextOf(docker, { basePort, publishHost: "127.0.0.2" });
  expect(await findFreePort(elsewhere, [])).toBe(basePort);
  expect((await findPortsInUse(elsewhere, [basePort])).size).toBe(0);
});

test("a network is apart from Docker's, from what is taken and from this machine's routes", async () => {
  await using docker: FakeDocker = await quietDocker();
  const context = contextOf(docker);
  const none = async () => [];
  expect(await findFreeSubnet(context, [], none)).toBe("10.213.0.16/29");
  expect(await findFreeSubnet(context, ["10.213.0.16/29"], none)).toBe("10.213.0.24/29");
  const vpn = async () => [{ network: "10.213.0.0/23", via: "tun0" }];
  expect(await findFreeSubnet(context, [], vpn)).toBe("10.213.2.0/29");
  const wide = async () => [{ network: "10.213.0.0/16", via: "tun0" }];
  const { message } = await rejects(findFreeSubnet(context, [], wide), "SUBNETS_EXHAUSTED");
  expect(message).toContain("tun0");
});
