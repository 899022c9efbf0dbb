import { DomainError } from "./errors.ts";

/** From what ports and networks of instances are allocated, as the administrator set it. */
export interface AddressRanges {
  /** The lowest port. */
  basePort: number;
  /** The address at which ports are published. */
  publishHost: string;
  /** CIDR of a private network. */
  subnetPool: string;
}

export const DEFAULT_RANGES: AddressRanges = {
  basePort: 18_789,
  publishHost: "127.0.0.1",
  subnetPool: "10.213.0.0/16",
};

/** Size of an instance's network: network, gateway, container, 4 spare, broadcast. */
const PREFIX = 29;
const SIZE = 2 ** (32 - PREFIX);

/** Ranges without public addresses; 100.64.0.0/10 is reserved for carriers and clouds. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

interface Range {
  first: number;
  last: number;
}

/** Addresses of an IPv4 CIDR as numbers, or null when `cidr` is malformed. */
function parseCidr(cidr: string): (Range & { prefix: number }) | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (!match) return null;
  const bytes = match.slice(1, 5).map(Number);
  const prefix = Number(match[5]);
  if (bytes.some((byte) => byte > 255) || prefix > 32) return null;
  const size = 2 ** (32 - prefix);
  const address = bytes.reduce((number, byte) => number * 2 ** 8 + byte, 0);
  const first = address - (address % size);
  return { first, last: first + size - 1, prefix };
}

function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** True for a private IPv4 network that is written with its first address and holds a /29. */
export function isSubnetPool(cidr: string): boolean {
  const range = parseCidr(cidr);
  return (
    range !== null &&
    range.prefix <= PREFIX &&
    cidr === `${formatAddress(range.first)}/${range.prefix}` &&
    PRIVATE.map(parseCidr).some((all) => all && all.first <= range.first && range.last <= all.last)
  );
}

/** A network that the host reaches by a route or an address of its own. */
export interface HostRoute {
  /** CIDR. */
  network: string;
  /** Name of the interface that leads there. */
  via: string;
}

/**
 * Wider routes mean "everything else", as a VPN for all traffic sets them; networks of the panel
 * remain reachable when taken out of these.
 */
const WIDEST_ROUTE = 8;

/**
 * Lowest /29 of `pool` that overlaps none of `taken` and `routes` (CIDRs; others than IPv4 cannot
 * overlap and are ignored). Throws SUBNETS_EXHAUSTED.
 */
export function allocateSubnet(
  pool: string,
  taken: Iterable<string>,
  routes: readonly HostRoute[] = [],
): string {
  const range = parseCidr(pool);
  if (!range) throw new DomainError("INVALID_INPUT", `${pool} is not an IPv4 network.`);
  const led = routes.filter(({ network }) => (parseCidr(network)?.prefix ?? 0) >= WIDEST_ROUTE);
  const used = [...taken, ...led.map(({ network }) => network)]
    .map(parseCidr)
    .filter((other): other is NonNullable<typeof other> => other !== null);
  for (let first = range.first; first + SIZE - 1 <= range.last; first += SIZE) {
    const last = first + SIZE - 1;
    if (!used.some((other) => other.first <= last && first <= other.last))
      return `${formatAddress(first)}/${PREFIX}`;
  }
  throw exhausted(pool, range, led);
}

/** Names the widest route into the pool that leads elsewhere: the reader may not know of it. */
function exhausted(pool: string, range: Range, routes: readonly HostRoute[]): DomainError {
  const [widest] = routes
    .flatMap((route) => ({ ...route, ...(parseCidr(route.network) ?? { first: -1, last: -1 }) }))
    .filter(({ first, last }) => first <= range.last && range.first <= last)
    .sort((a, b) => b.last - b.first - (a.last - a.first));
  const route = widest
    ? ` This machine has a route to ${widest.network} by ${widest.via}, which is left to it.`
    : "";
  return new DomainError(
    "SUBNETS_EXHAUSTED",
    `Every /29 network of ${pool} is in use.${route} Delete instances that are no longer needed, or set CLAW_SUBNET_POOL to a larger private range.`,
  );
}

/** The first usable address of a subnet, which Docker assigns to the bridge. */
export function gatewayOf(subnet: string): string {
  const range = parseCidr(subnet);
  if (!range) throw new DomainError("INVALID_INPUT", `${subnet} is not an IPv4 network.`);
  return formatAddress(range.first + 1);
}
