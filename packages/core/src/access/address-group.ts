/**
 * Whom an address is counted with: a host has a whole /64 of IPv6, so that counting each address
 * would count nothing. `address` is one that a connection or a trusted proxy named.
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

/** An IPv4 address at the end is as wide as two parts. */
function widthOf(parts: readonly string[]): number {
  return parts.length + (parts.at(-1)?.includes(".") ? 1 : 0);
}
