import { batch, createEffect, createSignal, onCleanup } from "solid-js";
import type { ConnectionSource } from "../api/connection-source.ts";

/** `connecting`: the page has just loaded; `lost`: the connection broke, or never succeeded. */
export type ConnectionState = "connecting" | "up" | "lost";

/** A short gap, as during a restart of the panel, must not make the page flicker. */
const GRACE_MS = 1200;
const PROBE_EVERY_MS = 3000;
/** Longer than the WebSocket's pause between two attempts. */
const PROBES = 3;

export function createConnection(source: ConnectionSource) {
  const [state, setState] = createSignal<ConnectionState>("connecting");
  const [lostAt, setLostAt] = createSignal<string>();
  /** The panel answers HTTP requests, but something between blocks WebSockets. */
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
