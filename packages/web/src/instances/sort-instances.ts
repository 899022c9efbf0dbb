import type { Instance, InstanceStatus } from "../api/client.ts";

export const SORTS = ["name", "status", "port", "cpu", "memory", "uptime", "newest"] as const;
export type Sort = (typeof SORTS)[number];

/** An instance's current usage; unknown when it is not running. */
export interface Usage {
  cpuPercent: number;
  memoryBytes: number;
}

export interface Order {
  sort: Sort;
  /** Reverses the column's natural direction: A to Z, most used first, longest first. */
  reversed: boolean;
}

/** Columns that naturally begin with the most, the longest or the newest. */
const DESCENDING: readonly Sort[] = ["cpu", "memory", "uptime", "newest"];

export function isDescending({ sort, reversed }: Order): boolean {
  return DESCENDING.includes(sort) !== reversed;
}

/** Puts instances that need attention first. */
const URGENCY: readonly InstanceStatus[] = [
  "error",
  "unknown",
  "starting",
  "stopping",
  "running",
  "created",
  "stopped",
];

type Compare = (a: Instance, b: Instance) => number;

export interface Comparing {
  /** BCP 47 tag, for comparing names. */
  tag: string;
  usageOf?: (id: string) => Usage | undefined;
}

export function compareBy(order: Order, { tag, usageOf = () => undefined }: Comparing): Compare {
  const collator = new Intl.Collator(tag, { numeric: true });
  const byName: Compare = (a, b) => collator.compare(a.name, b.name) || a.id.localeCompare(b.id);
  const sign = order.reversed ? -1 : 1;
  const numbers = (read: (instance: Instance) => number | undefined, useful: 1 | -1): Compare => {
    return (a, b) => {
      const [left, right] = [read(a), read(b)];
      // Missing numbers come last in either direction.
      if (left === undefined || right === undefined)
        return Number(left === undefined) - Number(right === undefined) || byName(a, b);
      return (left - right) * useful * sign || byName(a, b);
    };
  };
  switch (order.sort) {
    case "name":
      return (a, b) => byName(a, b) * sign;
    case "status":
      return numbers((instance) => URGENCY.indexOf(instance.status), 1);
    case "port":
      return numbers((instance) => instance.port, 1);
    case "cpu":
      return numbers((instance) => usageOf(instance.id)?.cpuPercent, -1);
    case "memory":
      return numbers((instance) => usageOf(instance.id)?.memoryBytes, -1);
    case "uptime":
      return numbers(startedAt, 1);
    case "newest":
      return numbers((instance) => Date.parse(instance.createdAt), -1);
  }
}

function startedAt(instance: Instance): number | undefined {
  return instance.status === "running" && instance.startedAt !== null
    ? Date.parse(instance.startedAt)
    : undefined;
}

/**
 * Instances in an earlier order: new ones are inserted by `compare`, the others stay in place,
 * whatever has changed about them.
 */
export function keepOrder(
  before: readonly string[],
  instances: readonly Instance[],
  compare: Compare,
): Instance[] {
  const byId = new Map(instances.map((instance) => [instance.id, instance]));
  const kept = before.flatMap((id) => byId.get(id) ?? []);
  const known = new Set(before);
  const added = instances.filter((instance) => !known.has(instance.id)).sort(compare);
  if (kept.length === 0) return added;
  for (const instance of added) {
    const place = kept.findIndex((other) => compare(instance, other) < 0);
    kept.splice(place < 0 ? kept.length : place, 0, instance);
  }
  return kept;
}
