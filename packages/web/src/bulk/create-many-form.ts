import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import type { Batch } from "./batch.ts";
import { itemsOf, type PreviewLine, previewLines } from "./preview-lines.ts";

/** Debounce of the preview while typing. */
const PAUSE_MS = 150;

/** Pasted lines, and the instances they describe. */
export function createManyForm(
  existing: Accessor<ReadonlySet<string>>,
  users: Accessor<ReadonlySet<string> | undefined>,
) {
  const [text, setText] = createSignal("");
  const [start, setStart] = createSignal(true);
  const [lines, setLines] = createSignal<readonly PreviewLine[]>([]);
  /** The text that `lines` belongs to. */
  const [read, setRead] = createSignal("");

  createEffect(
    on([text, existing, users], ([current, taken, owners]) => {
      let stale = false;
      const timer = setTimeout(async () => {
        const preview = await previewLines(current, taken, owners);
        if (stale) return;
        setLines(preview);
        setRead(current);
      }, PAUSE_MS);
      onCleanup(() => {
        stale = true;
        clearTimeout(timer);
      });
    }),
  );
  const items = createMemo(() => itemsOf(lines()));
  return {
    text,
    setText,
    start,
    setStart,
    lines,
    items,
    wrong: () => lines().length - items().length,
    /** The preview is current and has at least one valid line. */
    ready: () => read() === text() && items().length > 0,
    batch: (): Batch => ({ kind: "create", items: items(), start: start() }),
  };
}
