import { BlockList } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocateSubnet, gatewayOf, isSubnetPool } from "./subnet-allocation.ts";

/** The eight addresses of a /29, computed independently of the code under test. */
function addressesOf(subnet: string): string[] {
  const [, start, last] = /^(\d+\.\d+\.\d+)\.(\d+)\/29$/.exec(subnet) ?? [];
  return Array.from({ length: 8 }, (_, i) => `${start}.${Number(last) + i}`);
}

function blockListOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address, prefix] = cidr.split("/") as [string, string];
    list.addSubnet(address, Number(prefix), address.includes(":") ? "ipv6" : "ipv4");
  }
  return list;
}

const isFree = (subnet: string, taken: BlockList) =>
  addressesOf(subnet).every((address) => !taken.check(address));

describe("allocateSubnet", () => {
  test("begins at the pool's first address and goes on from there", () => {
    const pool = "10.213.0.0/16";
    expect(allocateSubnet(pool, [])).toBe("10.213.0.0/29");
    expect(allocateSubnet(pool, ["10.213.0.0/29"])).toBe("10.213.0.8/29");
    expect(allocateSubnet(pool, ["10.213.0.0/24"])).toBe("10.213.1.0/29");
    expect(allocateSubnet(pool, ["10.213.0.9/32", "10.213.0.0/29"])).toBe("10.213.0.16/29");
    expect(allocateSubnet("192.168.7.248/29", [])).toBe("192.168.7.248/29");
  });

  test("takes networks that do not begin at their first address for what they cover", () => {
    expect(allocateSubnet("10.213.0.0/24", ["10.213.0.77/25"])).toBe("10.213.0.128/29");
  });

  test("does not mind networks elsewhere and of IPv6", () => {
    const taken = ["172.17.0.0/16", "fd00::/8", "10.212.255.248/29", "", "garbage"];
    expect(allocateSubnet("10.213.0.0/16", taken)).toBe("10.213.0.0/29");
  });

  test("leaves to the host what its routes lead to, as a VPN's", () => {
    const routes = [
      { network: "10.213.0.0/24", via: "tun0" },
      { network: "10.213.1.3/32", via: "wg0" },
      { network: "fd00::/8", via: "wg0" },
    ];
    expect(allocateSubnet("10.213.0.0/16", [], routes)).toBe("10.213.1.8/29");
  });

  test("names the route that leaves nothing of the pool", () => {
    const routes = [
      { network: "10.213.0.0/24", via: "br-1" },
      { network: "10.0.0.0/8", via: "tun0" },
    ];
    expect(() => allocateSubnet("10.213.0.0/16", [], routes)).toThrow(
      /^Every \/29 .* route to 10\.0\.0\.0\/8 by tun0.*CLAW_SUBNET_POOL/,
    );
  });

  test.each(["0.0.0.0/0", "0.0.0.0/1", "8.0.0.0/5"])("minds no route as wide as %s", (network) => {
    const routes = [{ network, via: "tun0" }];
    expect(allocateSubnet("10.213.0.0/16", [], routes)).toBe("10.213.0.0/29");
  });

  // A pool of 32 networks, so that random small and large networks sometimes fill it.
  const octet = fc.integer({ min: 0, max: 255 });
  const near = fc
    .tuple(octet, fc.integer({ min: 23, max: 32 }))
    .map(([d, prefix]) => `10.213.7.${d}/${prefix}`);
  const far = fc
    .tuple(octet, octet, fc.integer({ min: 25, max: 32 }))
    .map(([c, d, prefix]) => `10.214.${c}.${d}/${prefix}`);
  const taken = fc.array(fc.oneof({ weight: 4, arbitrary: near }, far, fc.constant("fd00::/8")), {
    maxLength: 12,
  });

  test("gives the lowest /29 of the pool that overlaps nothing, or says that there is none", () => {
    const candidates = Array.from({ length: 32 }, (_, i) => `10.213.7.${i * 8}/29`);
    fc.assert(
      fc.property(taken, (used) => {
        // A network of another prefix may lie in a /29 or around it: check both directions.
        const list = blockListOf(used);
        const free = candidates.find((subnet) => isFree(subnet, list));
        if (free) expect(allocateSubnet("10.213.7.0/24", used)).toBe(free);
        else
          expect(() => allocateSubnet("10.213.7.0/24", used)).toThrow(
            expect.objectContaining({ reason: "SUBNETS_EXHAUSTED" }),
          );
      }),
      { numRuns: 300 },
    );
  });

  test("fills a pool completely, then is exhausted, and finds what was given back", () => {
    const prefix = fc.integer({ min: 24, max: 29 });
    fc.assert(
      fc.property(prefix, fc.nat(), (size, pick) => {
        const pool = `172.20.5.0/${size}`;
        const count = 2 ** (29 - size);
        const used: string[] = [];
        for (let i = 0; i < count; i++) used.push(allocateSubnet(pool, used));
        expect(new Set(used.flatMap(addressesOf)).size).toBe(count * 8);
        const inPool = blockListOf([pool]);
        for (const address of used.flatMap(addressesOf)) expect(inPool.check(address)).toBe(true);
        expect(() => allocateSubnet(pool, used)).toThrow(/Every \/29 network of 172\.20\.5\.0/);
        const [freed] = used.splice(pick % count, 1);
        expect(allocateSubnet(pool, used)).toBe(freed);
      }),
    );
  });

  test("a pool that is no network is refused, not read as an empty one", () => {
    expect(() => allocateSubnet("fd00::/64", [])).toThrow(
      expect.objectContaining({ reason: "INVALID_INPUT" }),
    );
  });
});

describe("isSubnetPool", () => {
  test.each([
    "10.213.0.0/16",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "172.31.255.248/29",
    "192.168.0.0/16",
    "192.168.1.8/29",
    "100.64.0.0/10",
  ])("accepts %s", (pool) => {
    expect(isSubnetPool(pool)).toBe(true);
  });

  test.each([
    ["a network too small", "10.213.0.0/30"],
    ["one address", "10.213.0.1/32"],
    ["an address within the network", "10.213.0.1/16"],
    ["no prefix", "10.213.0.0"],
    ["an empty text", ""],
    ["a byte too large", "10.256.0.0/16"],
    ["a prefix too large", "10.0.0.0/33"],
    ["leading zeros, which some read as octal", "010.0.0.0/8"],
    ["a leading zero in the prefix", "10.0.0.0/08"],
    ["space around it", " 10.0.0.0/8"],
    ["a line break after it", "10.0.0.0/8\n"],
    ["three bytes", "10.0.0/8"],
    ["IPv6", "fd00::/8"],
    ["addresses of the internet", "8.8.8.0/24"],
    ["more than a private range", "172.0.0.0/8"],
    ["everything", "0.0.0.0/0"],
    ["loopback", "127.0.0.0/8"],
    ["multicast", "224.0.0.0/4"],
    ["link-local", "169.254.0.0/16"],
  ])("refuses %s", (_, pool) => {
    expect(isSubnetPool(pool)).toBe(false);
  });
});

describe("gatewayOf", () => {
  test("is the address after the network's own", () => {
    expect(gatewayOf("10.213.0.0/29")).toBe("10.213.0.1");
    expect(gatewayOf("192.168.255.248/29")).toBe("192.168.255.249");
  });

  test("of anything that was allocated lies in it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 31 }), (i) => {
        const subnet = `10.213.7.${i * 8}/29`;
        expect(addressesOf(subnet)[1]).toBe(gatewayOf(subnet));
      }),
    );
  });

  test("of no network is an error", () => {
    expect(() => gatewayOf("10.213.0.0")).toThrow(
      expect.objectContaining({ reason: "INVALID_INPUT" }),
    );
  });
});
