import type { Viewer } from "@claw/core/access/viewer";
import { DomainError } from "@claw/core/errors";
import type { Host } from "../../host/host.ts";

/** How often it is looked whether a session that is watched through has run out. */
const LOOK_EVERY_MS = 1_000;

/**
 * Subscriptions that one session, or API token, and one user may have open at a time. Each may
 * cost Docker megabytes; a page has about six, and one more for each log that is watched.
 */
export const STREAMS_OF_SESSION = 100;
export const STREAMS_OF_USER = 200;

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
  /**
   * `until` is when the viewer's session or token runs out, in milliseconds. Throws
   * TOO_MANY_STREAMS when the viewer, or the user in all sessions, has as many as are allowed.
   */
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
  recheck: (viewer: Viewer) => Promise<number | null>;
}): ViewerStreams {
  const entries = new Set<Entry>();
  let timer: NodeJS.Timeout | undefined;

  /** Something else that was done in the session may have prolonged it. */
  async function lookAt(entry: Entry): Promise<void> {
    const until = await options.recheck(entry.viewer).catch(() => null);
    if (until === null) entry.controller.abort();
    else entry.until = until;
  }

  async function look(): Promise<void> {
    for (const entry of entries) if (entry.until <= options.host.now()) await lookAt(entry);
  }

  function requireRoom({ id, user }: Viewer): void {
    let ofSession = 0;
    let ofUser = 0;
    for (const { viewer } of entries) {
      if (viewer.id === id) ofSession += 1;
      if (viewer.user.id === user.id) ofUser += 1;
    }
    if (ofSession < STREAMS_OF_SESSION && ofUser < STREAMS_OF_USER) return;
    throw new DomainError(
      "TOO_MANY_STREAMS",
      `${user.username} watches ${ofUser} things at a time already; at most ${STREAMS_OF_SESSION} are possible in one session, and ${STREAMS_OF_USER} in all. Close logs or pages that are not needed.`,
    );
  }

  return {
    open(viewer, instanceIds, until) {
      requireRoom(viewer);
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
