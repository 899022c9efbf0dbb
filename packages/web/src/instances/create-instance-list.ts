import { isSameLabel } from "@claw/core/label-rules";
import { useSearchParams } from "@solidjs/router";
import { type Accessor, createEffect, createMemo, createSignal, on, untrack } from "solid-js";
import type { Instance, InstanceStatus } from "../api/client.ts";
import { locale } from "../i18n/i18n.ts";
import { createRomanised } from "../search/create-romanised.ts";
import { holdsWords } from "../search/holds-words.ts";
import { compareBy, keepOrder, SORTS, type Sort, type Usage } from "./sort-instances.ts";

export const FILTERS = [
  "all",
  "running",
  "busy",
  "created",
  "stopped",
  "error",
  "unknown",
] as const;
export type Filter = (typeof FILTERS)[number];

const FILTER_OF: Record<InstanceStatus, Exclude<Filter, "all">> = {
  running: "running",
  starting: "busy",
  stopping: "busy",
  created: "created",
  stopped: "stopped",
  error: "error",
  unknown: "unknown",
};

export function countByFilter(instances: readonly Instance[]): Record<Filter, number> {
  const counts = {
    all: instances.length,
    running: 0,
    busy: 0,
    created: 0,
    stopped: 0,
    error: 0,
    unknown: 0,
  };
  for (const instance of instances) counts[FILTER_OF[instance.status]] += 1;
  return counts;
}

/** Filters for instances without a group. No group has this name: names have no spaces around them. */
export const NO_GROUP = " ";

function isInGroup(group: string | null, wanted: string): boolean {
  return wanted === NO_GROUP ? group === null : group !== null && isSameLabel(group, wanted);
}

export function filterInstances(
  instances: readonly Instance[],
  query: { text: string; filter: Filter; group?: string; tag?: string },
  romanised: (name: string) => string = () => "",
): Instance[] {
  return instances.filter((instance) => {
    if (query.filter !== "all" && FILTER_OF[instance.status] !== query.filter) return false;
    const { name, id, port, owner, group, tags } = instance;
    if (query.group && !isInGroup(group, query.group)) return false;
    if (query.tag && !tags.some((tag) => isSameLabel(tag, query.tag ?? ""))) return false;
    const labels = `${group ?? ""} ${tags.join(" ")}`;
    return holdsWords(
      `${name} ${romanised(name)} ${id} ${port} ${owner ?? ""} ${labels}`,
      query.text,
    );
  });
}

export interface UsageSource {
  of: (id: string) => Usage | undefined;
  /** False until usage has arrived, or while the order does not need it. */
  known: () => boolean;
}

/**
 * The content of the list. The choices are mirrored in the address, so that they survive a reload
 * and can be shared; the address lags behind typing.
 */
export function createInstanceList(
  instances: Accessor<readonly Instance[]>,
  sourceOf: (sort: Accessor<Sort>) => UsageSource,
) {
  const [params, setParams] =
    useSearchParams<Record<"q" | "status" | "sort" | "group" | "tag", string>>();
  const [text, setText] = createSignal(params.q ?? "");
  const [filter, setFilter] = createSignal<Filter>(
    FILTERS.find((candidate) => candidate === params.status) ?? "all",
  );
  // Links to a label lead here from rows of this very list, so the address itself is what counts.
  const group = () => params.group ?? "";
  const tag = () => params.tag ?? "";
  const setLabel = (name: "group" | "tag") => (label: string) =>
    setParams({ [name]: label || null }, { replace: true });
  const asked = params.sort ?? "name";
  const [sort, setSort] = createSignal<Sort>(
    SORTS.find((candidate) => candidate === asked.replace(/^-/, "")) ?? "name",
  );
  const usage = sourceOf(sort);
  const [reversed, setReversed] = createSignal(asked.startsWith("-"));
  /** Counts the requests for a new order; each one sorts again. */
  const [asking, setAsking] = createSignal(0);
  createEffect(
    on(
      [text, filter, sort, reversed],
      () => {
        const order = `${reversed() ? "-" : ""}${sort()}`;
        setParams(
          {
            q: text() || null,
            status: filter() === "all" ? null : filter(),
            sort: order === "name" ? null : order,
          },
          { replace: true },
        );
      },
      { defer: true },
    ),
  );
  const counts = createMemo(() => countByFilter(instances()));

  const compare = () => {
    const order = { sort: sort(), reversed: reversed() };
    return untrack(() => compareBy(order, { tag: locale(), usageOf: usage.of }));
  };
  let made = "";
  // Rows change places only on request, never because a status or a number changed.
  const ordered = createMemo((before: readonly Instance[]) => {
    const known = usage.known();
    const key = [asking(), sort(), reversed(), locale(), known].join();
    const ids = key === made ? untrack(() => before.map((one) => one.id)) : [];
    made = key;
    const all = instances();
    const current = compare();
    return untrack(() => keepOrder(ids, all, current));
  }, []);
  const romanised = createRomanised(
    () => instances().map(({ name }) => name),
    () => text() !== "",
  );
  const visible = createMemo(() =>
    filterInstances(
      ordered(),
      { text: text(), filter: filter(), group: group(), tag: tag() },
      romanised,
    ),
  );
  /** Whether sorting now would move rows. */
  const outdated = createMemo(() => {
    const order = { sort: sort(), reversed: reversed() };
    const current = compareBy(order, { tag: locale(), usageOf: usage.of });
    return visible().some((one, index, all) => {
      const next = all[index + 1];
      return next !== undefined && current(one, next) > 0;
    });
  });
  const orderBy = (next: Sort, backwards: boolean) => {
    setSort(next);
    setReversed(backwards);
    setAsking((count) => count + 1);
  };
  const clear = () => {
    setText("");
    setFilter("all");
    setParams({ group: null, tag: null }, { replace: true });
  };
  return {
    text,
    filter,
    group,
    tag,
    sort,
    reversed,
    counts,
    visible,
    outdated,
    sortAgain: () => orderBy(sort(), reversed()),
    setText,
    setFilter,
    setGroup: setLabel("group"),
    setTag: setLabel("tag"),
    setSort: (next: Sort) => orderBy(next, false),
    /** Choosing the same column again reverses it. */
    toggleSort: (next: Sort) => orderBy(next, sort() === next && !reversed()),
    clear,
  };
}

export type InstanceList = ReturnType<typeof createInstanceList>;
