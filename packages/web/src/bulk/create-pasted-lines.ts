import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import type { PreviewLine } from "./preview-lines.ts";

/** Debounce of the preview while typing. */
const PAUSE_MS = 150;

/** Pasted text, and what `reader` makes of its lines; read again when `reader` changes. */
export function createPastedLines(reader: Accessor<(text: string) => Promise<PreviewLine[]>>) {
  const [text, setText] = createSignal("");
  const [lines, setLines] = createSignal<readonly PreviewLine[]>([]);
  /** The text that `lines` belongs to. */
  const [read, setRead] = createSignal("");

  createEffect(
    on([text, reader], ([current, readThem]) => {
      let stale = false;
      const timer = setTimeout(async () => {
        const preview = await readThem(current);
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
  const valid = createMemo(() => lines().filter((line) => line.problem === null));
  return {
    text,
    setText,
    lines,
    valid,
    wrong: () => lines().length - valid().length,
    /** The preview is current and has at least one valid line. */
    ready: () => read() === text() && valid().length > 0,
  };
}
