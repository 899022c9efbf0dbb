import { createSignal } from "solid-js";

const NONE: ReadonlySet<number> = new Set();

/** The lines with visible fields, by number. */
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
    /** Whether any was ever opened: from then on, row heights vary. */
    used,
    /** Resets for other lines with new numbers. */
    clear: () => {
      setUsed(false);
      setOpen(NONE);
    },
  };
}

export type LogFolds = ReturnType<typeof createLogFolds>;
