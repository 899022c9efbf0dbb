import type { Viewer } from "@claw/core/access/viewer";
import { DomainError } from "@claw/core/errors";
import type { Host } from "../../host/host.ts";

/** Interval of checks for expired sessions. */
const LOOK_EVERY_MS = 1_000;

/**
 * Limits of open subscriptions per session or API token, and per user. Each may cost Docker
 * megabytes; a page has about six, plus one per watched log.
 */
export const STREAMS_OF_SESSION = 100;
export const STREAMS_OF_USER = 200;

/** An open subscription. */
export interface ViewerStream extends Disposable {
  /** Aborts when the viewer loses access. */
  signal: AbortSignal;
}

/**
 * The open subscriptions; none outlives its authorization. Those of a revoked session or token end
 * at once, by `end`; those of an expired session, within a second.
 */
export interface ViewerStreams {
  /**
   * `until`: expiry of the viewer's session or token, in milliseconds. Throws TOO_MANY_STREAMS at
   * the limit of the session or of the user.
   */
  open(viewer: Viewer, instanceIds: readonly string[], until: number): ViewerStream;
  /** Ends the matching streams before it returns. */
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
  /** Current expiry of the viewer's session or token; null if it has expired. */
  recheck: (viewer: Viewer) => Promise<number | null>;
}): ViewerStreams {
  const entries = new Set<Entry>();
  let timer: NodeJS.Timeout | undefined;

  /** Other calls may have extended the session. */
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
      // Revocations since authorization had no stream to end.
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
