import { useBeforeLeave } from "@solidjs/router";
import { createEffect, createSignal, onCleanup } from "solid-js";

/**
 * Asks before a window is closed, its page left or the tab closed while `holds` returns true:
 * something would be lost.
 */
export function createClosingGuard(holds: () => boolean, close: () => void) {
  /** The action that waits for confirmation. */
  const [leave, setLeave] = createSignal<() => void>();
  useBeforeLeave((event) => {
    if (!holds() || event.defaultPrevented) return;
    event.preventDefault();
    setLeave(() => () => event.retry(true));
  });
  createEffect(() => {
    if (!holds()) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    onCleanup(() => window.removeEventListener("beforeunload", warn));
  });
  return {
    asking: () => leave() !== undefined,
    close: () => {
      if (holds()) setLeave(() => close);
      else close();
    },
    stay: () => void setLeave(undefined),
    leave: () => leave()?.(),
  };
}

export type ClosingGuard = ReturnType<typeof createClosingGuard>;
