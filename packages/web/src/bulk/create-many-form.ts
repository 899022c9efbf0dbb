import { type Accessor, createSignal } from "solid-js";
import type { Batch } from "./batch.ts";
import { createPastedLines } from "./create-pasted-lines.ts";
import { itemsOf, previewLines } from "./preview-lines.ts";

/** Pasted lines, and the instances they describe. */
export function createManyForm(
  existing: Accessor<ReadonlySet<string>>,
  users: Accessor<ReadonlySet<string> | undefined>,
) {
  const [start, setStart] = createSignal(true);
  const pasted = createPastedLines(() => {
    const [taken, owners] = [existing(), users()];
    return (text) => previewLines(text, taken, owners);
  });
  return {
    ...pasted,
    start,
    setStart,
    batch: (): Batch => ({ kind: "create", items: itemsOf(pasted.lines()), start: start() }),
  };
}
