import { createSignal, onCleanup } from "solid-js";
import type { Api } from "../api/client.ts";
import { keepSubscribed } from "../api/keep-subscribed.ts";
import { createOlderLines } from "./create-older-lines.ts";
import { type LogBatch, LogRing } from "./log-ring.ts";

/** Maximum number of lines on a page. */
export const LOG_LIMIT = 50_000;
/** Number of initial lines. */
const TAIL = 1000;

/**
 * The live log of an instance. Lines between two frames are shown together, so that a fast log
 * costs one update per frame. After a lost connection the client resumes behind its last batch;
 * this does the same when the panel ended the stream.
 */
export function createLogStream(api: Api, id: string, limit = LOG_LIMIT) {
  const ring = new LogRing(limit);
  const [version, setVersion] = createSignal(0);
  const [error, setError] = createSignal<unknown>();
  const [started, setStarted] = createSignal(false);
  let waiting: LogBatch[] = [];
  let waitingLines = 0;
  let frame: number | undefined;
  let cursor: string | undefined;

  const changed = () => setVersion((previous) => previous + 1);
  const flush = () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    ring.push(waiting);
    waiting = [];
    waitingLines = 0;
    changed();
  };
  const receive = (batch: LogBatch) => {
    waiting.push(batch);
    waitingLines += batch.lines.length;
    // A background page gets no frames; its queue must stay bounded all the same.
    if (waitingLines > limit) flush();
    else frame ??= requestAnimationFrame(flush);
  };

  const stop = keepSubscribed(
    (handlers) =>
      api.trpc.instances.logs.subscribe(
        { id, tail: TAIL, ...(cursor === undefined ? {} : { lastEventId: cursor }) },
        {
          ...handlers,
          onData: (event) => {
            cursor = event.id;
            setStarted(true);
            setError(undefined);
            if (event.data.lines.length > 0 || event.data.skipped > 0) receive(event.data);
          },
        },
      ),
    setError,
  );
  onCleanup(() => {
    stop();
    if (frame !== undefined) cancelAnimationFrame(frame);
  });

  const older = createOlderLines(api, id, { ring, version, changed });

  return {
    ring,
    /** Increases whenever `ring` has changed: read it where the ring is read. */
    version,
    error,
    older,
    /** True once the panel has answered, even without lines. */
    started,
  };
}

export type LogStream = ReturnType<typeof createLogStream>;
