import { batch, createSignal, onCleanup } from "solid-js";
import type { ConnectionSource } from "../api/client.ts";

/** `connecting` is the page's first moment; `lost` is a connection that was up, or never came. */
export type ConnectionState = "connecting" | "up" | "lost";

/** A short gap, as when the panel restarts, should not make the page flicker. */
const GRACE_MS = 1200;

export function createConnection(source: ConnectionSource) {
  const [state, setState] = createSignal<ConnectionState>("connecting");
  const [lostAt, setLostAt] = createSignal<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stop = source.subscribe((up) => {
    if (up) {
      clearTimeout(timer);
      timer = undefined;
      batch(() => {
        setState("up");
        setLostAt(undefined);
      });
      return;
    }
    if (timer !== undefined || state() === "lost") return;
    const since = new Date().toISOString();
    timer = setTimeout(() => {
      timer = undefined;
      batch(() => {
        setLostAt(since);
        setState("lost");
      });
    }, GRACE_MS);
  });
  onCleanup(() => {
    clearTimeout(timer);
    stop();
  });
  return { state, lostAt };
}
