import { createSignal, onCleanup } from "solid-js";
import type { Api } from "../api/client.ts";
import { keepSubscribed } from "../api/keep-subscribed.ts";
import { LOG_LIMIT } from "./create-log-stream.ts";
import { type LogBatch, LogRing, type SourcedLine } from "./log-ring.ts";

/** How long a line waits for earlier ones of the other logs. */
const WINDOW_MS = 500;
const TICK_MS = 100;
/** Lines to begin with, of each log. */
const TAIL = 300;

interface Waiting {
  ts: string;
  arrived: number;
  batch: LogBatch;
}

/**
 * The logs of several instances as one, by time. What has been shown stays where it is: a line
 * that comes later than the others of its time goes below them.
 */
export function createMergedLog(api: Api, ids: readonly string[]) {
  const ring = new LogRing(LOG_LIMIT);
  const [version, setVersion] = createSignal(0);
  const [started, setStarted] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  let waiting: Waiting[] = [];

  const receive = (source: string, { lines, skipped }: LogBatch) => {
    const arrived = performance.now();
    const first = lines[0];
    if (skipped > 0) waiting.push({ ts: first?.ts ?? "", arrived, batch: { lines: [], skipped } });
    for (const { ts, stream, text } of lines) {
      const line: SourcedLine = { ts, stream, text, source };
      waiting.push({ ts, arrived, batch: { lines: [line], skipped: 0 } });
    }
  };
  const release = () => {
    const due = waiting.filter(({ arrived }) => arrived <= performance.now() - WINDOW_MS);
    if (due.length === 0) return;
    const last = due.reduce((latest, { ts }) => (ts > latest ? ts : latest), "");
    const ready = waiting.filter(({ ts }) => ts <= last).toSorted(byTime);
    waiting = waiting.filter(({ ts }) => ts > last);
    ring.push(ready.map(({ batch }) => batch));
    setVersion((previous) => previous + 1);
  };
  const stops = ids.map((id) => {
    let cursor: string | undefined;
    return keepSubscribed(
      (handlers) =>
        api.trpc.instances.logs.subscribe(
          { id, tail: TAIL, ...(cursor === undefined ? {} : { lastEventId: cursor }) },
          {
            ...handlers,
            onData: (event) => {
              cursor = event.id;
              setStarted(true);
              setError(undefined);
              receive(id, event.data);
            },
          },
        ),
      setError,
    );
  });
  const timer = setInterval(release, TICK_MS);
  onCleanup(() => {
    clearInterval(timer);
    for (const stop of stops) stop();
  });
  return { ring, version, started, error };
}

/** Stable, so that the lines of one log keep their order. */
function byTime(a: Waiting, b: Waiting): number {
  if (a.ts === b.ts) return 0;
  return a.ts < b.ts ? -1 : 1;
}
