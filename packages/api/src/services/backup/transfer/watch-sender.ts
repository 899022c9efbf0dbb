import { DomainError } from "@claw/core/errors";
import type { Host } from "../../../host/host.ts";

export interface WatchedSender extends Disposable {
  body: AsyncIterable<Uint8Array>;
  /** Aborts, with CANCELLED as its reason, when the sender has gone silent. */
  signal: AbortSignal;
}

/**
 * Hands on what a sender sends, and notices one that is waited for and sends nothing for
 * `idleMs`, at the latest after twice that time. While nobody asks for more it may be silent.
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

  // Whole turns of sleep, and no times of a clock: it may be set while the sender is at work.
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
