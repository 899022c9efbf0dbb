import { createEffect, onCleanup } from "solid-js";
import { createDiff } from "./create-diff.ts";
import { editorPhrases } from "./editor-phrases.ts";

/** The changes that saving would make. The default export, for lazy loading. */
export function DiffView(props: {
  label: string;
  before: string;
  after: string;
  /** Includes unchanged lines. */
  whole: boolean;
}) {
  let parent: HTMLDivElement | undefined;
  createEffect(() => {
    if (!parent) return;
    const view = createDiff({
      parent,
      label: props.label,
      phrases: editorPhrases(),
      before: props.before,
      after: props.after,
      collapse: !props.whole,
    });
    onCleanup(() => view.destroy());
  });
  return <div ref={parent} class="h-[min(52vh,32rem)] overflow-hidden rounded-md border" />;
}
