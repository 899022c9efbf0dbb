/** The state of the one WebSocket to the panel, and other faults of the connection. */
export interface ConnectionSource {
  subscribe(listener: (up: boolean) => void): () => void;
  /** Whether the panel answers HTTP requests, independent of the WebSocket. */
  reaches(): Promise<boolean>;
}

/** The part of the WebSocket client in use. */
export interface SocketState {
  isUp(): boolean;
  subscribe(listener: () => void): () => void;
}

const PROBE_MS = 1500;
const AGAIN_MS = 2000;

export async function reachesPanel(origin: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PROBE_MS);
    return (await fetch(`${origin}/healthz`, { cache: "no-store", signal })).ok;
  } catch {
    return false;
  }
}

/**
 * A WebSocket notices a lost network only after a ping has long been unanswered. The browser knows
 * at once, but a panel on the same machine needs no network. So when the browser goes offline, ask
 * the panel, and again until it answers.
 */
export function createConnectionSource(
  socket: SocketState,
  reaches: () => Promise<boolean>,
): ConnectionSource {
  return {
    reaches,
    subscribe(listener) {
      let isCut = false;
      let isOver = false;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const tell = () => listener(socket.isUp() && !isCut);
      const look = async (): Promise<void> => {
        clearTimeout(timer);
        const answers = await reaches();
        if (isOver) return;
        if (isCut === answers) {
          isCut = !answers;
          tell();
        }
        if (isCut) timer = setTimeout(look, AGAIN_MS);
      };
      const noticed = () => void look();
      window.addEventListener("offline", noticed);
      window.addEventListener("online", noticed);
      const stop = socket.subscribe(tell);
      tell();
      return () => {
        isOver = true;
        clearTimeout(timer);
        window.removeEventListener("offline", noticed);
        window.removeEventListener("online", noticed);
        stop();
      };
    },
  };
}
