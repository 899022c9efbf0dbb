import { createSignal } from "solid-js";

const NONE: ReadonlySet<number> = new Set();

/** Which lines show their fields, by number. */
export function createLogFolds() {
  const [open, setOpen] = createSignal(NONE);
  const [used, setUsed] = createSignal(false);
  return {
    isOpen: (number: number) => open().has(number),
    toggle: (number: number) => {
      setUsed(true);
      setOpen((known) => {
        const next = new Set(known);
        if (!next.delete(number)) next.add(number);
        return next;
      });
    },
    /** Whether any has been opened: from then on rows are not all of one height. */
    used,
    /** For other lines, numbered anew. */
    clear: () => {
      setUsed(false);
      setOpen(NONE);
    },
  };
}

export type LogFolds = ReturnType<typeof createLogFolds>;
