import { createSignal } from "solid-js";

const [now, setNow] = createSignal(Date.now());

/** The clock of the page, for "3 minutes ago". Ticks once a second while somebody looks. */
export { now };

/** Starts the clock; returns the function that stops it. */
export function runClock(intervalMs = 1000): () => void {
  const timer = setInterval(() => {
    if (!document.hidden) setNow(Date.now());
  }, intervalMs);
  return () => clearInterval(timer);
}
