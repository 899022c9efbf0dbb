import { type Accessor, createMemo, createSignal } from "solid-js";

/**
 * The selected instances. Actions skip filtered-out instances; they are selected again when shown.
 */
export function createSelection(visible: Accessor<readonly string[]>) {
  const [marked, setMarked] = createSignal<ReadonlySet<string>>(new Set());
  /** The anchor of a range: the last individually selected one. */
  let anchor: string | undefined;

  const ids = createMemo(() => visible().filter((id) => marked().has(id)));
  const all = createMemo(() => visible().length > 0 && ids().length === visible().length);

  const mark = (those: readonly string[], on: boolean) =>
    setMarked((before) => {
      const after = new Set(before);
      for (const id of those) {
        if (on) after.add(id);
        else after.delete(id);
      }
      return after;
    });

  return {
    /** In list order. */
    ids,
    has: (id: string) => marked().has(id),
    state: (): "none" | "some" | "all" => (all() ? "all" : ids().length > 0 ? "some" : "none"),
    set: (id: string, on: boolean) => {
      anchor = id;
      mark([id], on);
    },
    /** From the anchor to `id`, in the current list order. */
    extendTo: (id: string, on: boolean) => {
      const from = anchor === undefined ? -1 : visible().indexOf(anchor);
      const to = visible().indexOf(id);
      if (from < 0) anchor = id;
      const start = from < 0 ? to : from;
      mark(visible().slice(Math.min(start, to), Math.max(start, to) + 1), on);
    },
    markAll: () => mark(visible(), true),
    toggleAll: () => mark(visible(), !all()),
    clear: () => {
      anchor = undefined;
      setMarked(new Set<string>());
    },
  };
}

export type Selection = ReturnType<typeof createSelection>;
