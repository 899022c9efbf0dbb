import { type Reason, reasonOf } from "@claw/core/errors";
import { CommandOverrun } from "../../engine/command-overrun.ts";
import type { Host } from "../../host/host.ts";

/** A program that failed would do so again: nobody waits for it at each request. */
export const NOT_AGAIN_MS = 10 * 60_000;
/** No container ran: the engine or the image is away, the panel ends, the disk was not read. */
const AT_ONCE: ReadonlySet<Reason> = new Set([
  "ENGINE_UNREACHABLE",
  "ENGINE_SLOW",
  "ENGINE_FAILED",
  "IMAGE_MISSING",
  "CANCELLED",
  "FILES_DENIED",
]);

/** A program that ran out of time may have it when the machine is less busy. */
const isPassing = (error: unknown) =>
  error instanceof CommandOverrun || AT_ONCE.has(reasonOf(error));

interface Attempt<T> {
  answer: Promise<T>;
  /** Empty until there is one. */
  answers: readonly T[];
  failedAt: number | null;
}

/**
 * Asks each image once, for all who ask at the same time and later. One that fails
 * where a container ran to its end is not asked again for a while, after any other error at once.
 */
export function oncePerImage<T>(
  ask: (imageId: string) => Promise<T>,
  host: Pick<Host, "now">,
): {
  of(imageId: string): Promise<T>;
  /** What images have answered so far. */
  answers(): readonly T[];
  forget(imageId: string): void;
} {
  const attempts = new Map<string, Attempt<T>>();
  return {
    async of(imageId) {
      const earlier = attempts.get(imageId);
      const isOld = earlier?.failedAt != null && host.now() - earlier.failedAt > NOT_AGAIN_MS;
      if (earlier && !isOld) return earlier.answer;
      const attempt: Attempt<T> = { answer: ask(imageId), answers: [], failedAt: null };
      attempts.set(imageId, attempt);
      try {
        const answer = await attempt.answer;
        attempt.answers = [answer];
        return answer;
      } catch (error) {
        if (isPassing(error)) attempts.delete(imageId);
        else attempt.failedAt = host.now();
        throw error;
      }
    },
    answers: () => [...attempts.values()].flatMap(({ answers }) => answers),
    forget: (imageId) => void attempts.delete(imageId),
  };
}
