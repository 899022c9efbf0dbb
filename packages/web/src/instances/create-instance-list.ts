import { useSearchParams } from "@solidjs/router";
import { type Accessor, createEffect, createMemo, createSignal, on } from "solid-js";
import type { Instance, InstanceStatus } from "../api/client.ts";
import { locale } from "../i18n/i18n.ts";

export const FILTERS = ["all", "running", "busy", "stopped", "error", "unknown"] as const;
export type Filter = (typeof FILTERS)[number];

const FILTER_OF: Record<InstanceStatus, Exclude<Filter, "all">> = {
  running: "running",
  starting: "busy",
  stopping: "busy",
  created: "stopped",
  stopped: "stopped",
  error: "error",
  unknown: "unknown",
};

export const SORTS = ["name", "status", "port", "newest"] as const;
export type Sort = (typeof SORTS)[number];

/** What needs attention comes first. */
const URGENCY: readonly InstanceStatus[] = [
  "error",
  "unknown",
  "starting",
  "stopping",
  "running",
  "created",
  "stopped",
];

export function countByFilter(instances: readonly Instance[]): Record<Filter, number> {
  const counts = { all: instances.length, running: 0, busy: 0, stopped: 0, error: 0, unknown: 0 };
  for (const instance of instances) counts[FILTER_OF[instance.status]] += 1;
  return counts;
}

export function filterInstances(
  instances: readonly Instance[],
  query: { text: string; filter: Filter },
): Instance[] {
  const words = query.text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return instances.filter((instance) => {
    if (query.filter !== "all" && FILTER_OF[instance.status] !== query.filter) return false;
    const haystack = `${instance.name} ${instance.id} ${instance.port}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}

export function sortInstances(instances: readonly Instance[], sort: Sort, tag: string): Instance[] {
  const collator = new Intl.Collator(tag, { numeric: true });
  const byName = (a: Instance, b: Instance) =>
    collator.compare(a.name, b.name) || a.id.localeCompare(b.id);
  const order: Record<Sort, (a: Instance, b: Instance) => number> = {
    name: byName,
    status: (a, b) => URGENCY.indexOf(a.status) - URGENCY.indexOf(b.status) || byName(a, b),
    port: (a, b) => a.port - b.port,
    newest: (a, b) => b.createdAt.localeCompare(a.createdAt) || byName(a, b),
  };
  return [...instances].sort(order[sort]);
}

/**
 * What the list shows. The choices are mirrored in the address, so that they survive a reload and
 * can be sent to someone; the address itself changes later than what is typed.
 */
export function createInstanceList(instances: Accessor<readonly Instance[]>) {
  const [params, setParams] = useSearchParams<{ q: string; status: string; sort: string }>();
  const [text, setText] = createSignal(params.q ?? "");
  const [filter, setFilter] = createSignal<Filter>(
    FILTERS.find((candidate) => candidate === params.status) ?? "all",
  );
  const [sort, setSort] = createSignal<Sort>(
    SORTS.find((candidate) => candidate === params.sort) ?? "name",
  );
  createEffect(
    on(
      [text, filter, sort],
      () =>
        setParams(
          {
            q: text() || null,
            status: filter() === "all" ? null : filter(),
            sort: sort() === "name" ? null : sort(),
          },
          { replace: true },
        ),
      { defer: true },
    ),
  );
  const counts = createMemo(() => countByFilter(instances()));
  const visible = createMemo(() =>
    sortInstances(
      filterInstances(instances(), { text: text(), filter: filter() }),
      sort(),
      locale(),
    ),
  );
  const clear = () => {
    setText("");
    setFilter("all");
  };
  return { text, filter, sort, counts, visible, setText, setFilter, setSort, clear };
}

export type InstanceList = ReturnType<typeof createInstanceList>;
