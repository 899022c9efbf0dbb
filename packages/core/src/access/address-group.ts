/**
 * The group of addresses that counts as one caller: a host has a whole /64 of IPv6, so limits per
 * address would limit nothing. `address` comes from a connection or a trusted proxy.
 */
export function addressGroup(address: string): string {
  const [plain = ""] = address.split("%");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!plain.includes(":")) return plain;
  const [before = [], after] = plain.split("::").map((part) => part.split(":").filter(Boolean));
  const missing = after === undefined ? 0 : Math.max(0, 8 - before.length - widthOf(after));
  const parts = [...before, ...Array<string>(missing).fill("0"), ...(after ?? [])];
  const network = parts.slice(0, 4).map((part) => Number.parseInt(part, 16).toString(16));
  return `${network.join(":")}::/64`;
}

/** A trailing IPv4 address is as wide as two parts. */
function widthOf(parts: readonly string[]): number {
  return parts.length + (parts.at(-1)?.includes(".") ? 1 : 0);
}
