import { createSignal, onCleanup } from "solid-js";
import type { Api } from "../api/client.ts";
import { keepSubscribed } from "../api/keep-subscribed.ts";
import { LOG_LIMIT } from "./create-log-stream.ts";
import { byTime, createMergedHistory, type LogBeginning } from "./create-merged-history.ts";
import { type LogBatch, LogRing, type SourcedLine } from "./log-ring.ts";

/** How long a line waits for earlier ones of the other logs. */
const WINDOW_MS = 500;
const TICK_MS = 100;
/** Number of initial lines of each log. */
const TAIL = 300;
/** How long the start waits for a log that does not answer. */
const PATIENCE_MS = 3000;

interface Waiting {
  ts: string;
  arrived: number;
  batch: LogBatch;
}

const linesOf = (waiting: readonly Waiting[], id: string): SourcedLine[] =>
  waiting.flatMap(({ batch }) => batch.lines.filter(({ source }) => source === id));

/**
 * The logs of several instances as one, by time. Shown lines stay in place: a late line is appended
 * below the others of its time.
 */
export function createMergedLog(api: Api, ids: readonly string[]) {
  const ring = new LogRing(LOG_LIMIT);
  const [version, setVersion] = createSignal(0);
  const [started, setStarted] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  let waiting: Waiting[] = [];
  const answered = new Set<string>();
  const openedAt = performance.now();
  let begun = false;

  const changed = () => setVersion((previous) => previous + 1);
  const history = createMergedHistory(api, { ring, version, changed });
  /** Older initial lines wait until all logs are known that far back. */
  const begin = () => {
    begun = true;
    const beginnings = ids.map((id): LogBeginning => {
      const lines = linesOf(waiting, id);
      return { id, lines, complete: lines.length < TAIL };
    });
    const shown = new Set([...history.begin(beginnings).values()].flat());
    waiting = waiting.filter(({ batch }) => batch.lines.every((line) => shown.has(line)));
  };
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
    const now = performance.now();
    if (!begun && answered.size < ids.length && now - openedAt < PATIENCE_MS) return;
    const isDue = ({ arrived }: Waiting) => arrived <= now - WINDOW_MS;
    if (waiting.length === 0 || waiting.some(isDue)) setStarted(true);
    if (!waiting.some(isDue)) return;
    if (!begun) begin();
    const due = waiting.filter(isDue);
    const last = due.reduce((latest, { ts }) => (ts > latest ? ts : latest), "");
    const ready = waiting.filter(({ ts }) => ts <= last).toSorted(byTime);
    waiting = waiting.filter(({ ts }) => ts > last);
    ring.push(ready.map(({ batch }) => batch));
    changed();
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
              answered.add(id);
              setError(undefined);
              receive(id, event.data);
            },
          },
        ),
      (failure) => {
        answered.add(id);
        setError(failure);
      },
    );
  });
  const timer = setInterval(release, TICK_MS);
  onCleanup(() => {
    clearInterval(timer);
    for (const stop of stops) stop();
  });
  return { ring, version, started, error, older: history.older };
}
