import { batch, createEffect, createSignal, onCleanup } from "solid-js";
import type { ConnectionSource } from "../api/connection-source.ts";

/** `connecting` is the page's first moment; `lost` is a connection that was up, or never came. */
export type ConnectionState = "connecting" | "up" | "lost";

/** A short gap, as when the panel restarts, should not make the page flicker. */
const GRACE_MS = 1200;
const PROBE_EVERY_MS = 3000;
/** Longer than the pause between two tries of the WebSocket. */
const PROBES = 3;

export function createConnection(source: ConnectionSource) {
  const [state, setState] = createSignal<ConnectionState>("connecting");
  const [lostAt, setLostAt] = createSignal<string>();
  /** The panel answers requests, but no WebSocket comes about: something between refuses them. */
  const [socketsBlocked, setSocketsBlocked] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  createEffect(() => {
    if (state() !== "lost") return;
    let answers = 0;
    const probe = async () => {
      answers = (await source.reaches()) ? answers + 1 : 0;
      if (state() === "lost") setSocketsBlocked(answers >= PROBES);
    };
    const probing = setInterval(() => void probe(), PROBE_EVERY_MS);
    onCleanup(() => {
      clearInterval(probing);
      setSocketsBlocked(false);
    });
  });

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
  return { state, lostAt, socketsBlocked };
}
