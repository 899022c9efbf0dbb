import { createSignal } from "solid-js";

const [now, setNow] = createSignal(Date.now());

/** The page's clock, for "3 minutes ago". Ticks once a second while in use. */
export { now };

/** Starts the clock; returns the function that stops it. */
export function runClock(intervalMs = 1000): () => void {
  const timer = setInterval(() => {
    if (!document.hidden) setNow(Date.now());
  }, intervalMs);
  return () => clearInterval(timer);
}
