import { DomainError } from "@claw/core/errors";
import type { Host } from "../../../host/host.ts";

export interface WatchedSender extends Disposable {
  body: AsyncIterable<Uint8Array>;
  /** Aborts, with CANCELLED as its reason, when the sender stalls. */
  signal: AbortSignal;
}

/**
 * Passes on the sender's data, and detects a sender that is awaited and sends nothing for `idleMs`,
 * at the latest after twice that time. It may be silent while nobody reads.
 */
export function watchSender(
  host: Pick<Host, "sleep">,
  source: AsyncIterable<Uint8Array>,
  idleMs: number,
): WatchedSender {
  const silent = new AbortController();
  const over = new AbortController();
  let isAwaited = false;
  let turns = 0;

  async function* handedOn() {
    const asks = () => {
      isAwaited = true;
      turns += 1;
    };
    try {
      asks();
      for await (const chunk of source) {
        isAwaited = false;
        yield chunk;
        asks();
      }
    } finally {
      isAwaited = false;
    }
  }

  // Counts whole sleeps instead of clock times: the clock may be set meanwhile.
  async function watch(): Promise<void> {
    while (!over.signal.aborted) {
      const before = { isAwaited, turns };
      await host.sleep(idleMs, over.signal);
      if (over.signal.aborted || !isAwaited) continue;
      if (before.isAwaited && before.turns === turns) return silent.abort(goneSilent(idleMs));
    }
  }
  void watch();

  return {
    body: handedOn(),
    signal: silent.signal,
    [Symbol.dispose]: () => over.abort(),
  };
}

function goneSilent(idleMs: number): DomainError {
  return new DomainError(
    "CANCELLED",
    `Nothing more of the file came for ${idleMs / 1_000} seconds, so the upload was ended. Nothing of it was kept: upload it again.`,
  );
}
