import type { Viewer } from "@claw/core/access/viewer";
import type { Host } from "../../host/host.ts";

/** How often it is looked whether a session that is watched through has run out. */
const LOOK_EVERY_MS = 1_000;

/** An open subscription. */
export interface ViewerStream extends Disposable {
  /** Aborts when the viewer may not go on. */
  signal: AbortSignal;
}

/**
 * The subscriptions that are open, so that none outlives what allowed it. Those whose session or
 * token is revoked end at once, by `end`; those whose session merely runs out, within a second.
 */
export interface ViewerStreams {
  /** `until` is when the viewer's session or token runs out, in milliseconds. */
  open(viewer: Viewer, instanceIds: readonly string[], until: number): ViewerStream;
  /** Ends those of which this is true, before it returns. */
  end(concerns: (stream: { viewer: Viewer; instanceIds: readonly string[] }) => boolean): void;
}

interface Entry {
  viewer: Viewer;
  instanceIds: readonly string[];
  until: number;
  controller: AbortController;
}

export function createViewerStreams(options: {
  host: Pick<Host, "now">;
  /** When the viewer's session or token runs out by now; null: it has. */
  lookAgain: (viewer: Viewer) => Promise<number | null>;
}): ViewerStreams {
  const entries = new Set<Entry>();
  let timer: NodeJS.Timeout | undefined;

  /** Something else that was done in the session may have prolonged it. */
  async function lookAt(entry: Entry): Promise<void> {
    const until = await options.lookAgain(entry.viewer).catch(() => null);
    if (until === null) entry.controller.abort();
    else entry.until = until;
  }

  async function look(): Promise<void> {
    for (const entry of entries) if (entry.until <= options.host.now()) await lookAt(entry);
  }

  return {
    open(viewer, instanceIds, until) {
      const entry: Entry = { viewer, instanceIds, until, controller: new AbortController() };
      entries.add(entry);
      // What ended on the way here from the gate found no stream to end.
      void lookAt(entry);
      timer ??= setInterval(() => void look(), LOOK_EVERY_MS).unref();
      return {
        signal: entry.controller.signal,
        [Symbol.dispose]() {
          entries.delete(entry);
          if (entries.size > 0) return;
          clearInterval(timer);
          timer = undefined;
        },
      };
    },

    end(concerns) {
      for (const entry of entries) if (concerns(entry)) entry.controller.abort();
    },
  };
}
