import type { LogLine } from "@claw/core/log-cursor";
import type { Api } from "../api/client.ts";

interface Options {
  id: string;
  /** The reader's oldest lines, in log order; none to begin at the end. */
  known: readonly LogLine[];
  limit: number;
  signal?: AbortSignal;
}

const AFTER_ALL = "2999-01-01T00:00:00.000000000Z";
/**
 * Overlap of queries: the timestamps of stdout and stderr are not ordered between each other, so a
 * line above the oldest one may have a later timestamp.
 */
const OVERLAP = 50;
/** How many of the oldest lines the reader must know: the overlap can repeat them. */
export const CHECKED = 4 * OVERLAP;

/** The lines above `known`, oldest first, and whether the log begins with them. */
export async function readOlderLines(
  api: Api,
  { id, known, limit, signal }: Options,
): Promise<{ lines: LogLine[]; complete: boolean }> {
  const before = known
    .slice(0, OVERLAP)
    .reduce((latest, { ts }) => (ts > latest ? ts : latest), known[0]?.ts ?? AFTER_ALL);
  const { lines, more } = await api.trpc.instances.olderLogs.query(
    { id, before, limit },
    signal ? { signal } : {},
  );
  return {
    lines: withoutKnown(lines, known.slice(0, CHECKED)),
    complete: lines.length < limit && !more,
  };
}

/** Drops the lines in both, as often as they are in `known`, from the end. */
function withoutKnown(lines: readonly LogLine[], known: readonly LogLine[]): LogLine[] {
  const left = new Map<string, number>();
  for (const line of known) left.set(keyOf(line), (left.get(keyOf(line)) ?? 0) + 1);
  return lines
    .toReversed()
    .filter((line) => {
      const count = left.get(keyOf(line)) ?? 0;
      if (count > 0) left.set(keyOf(line), count - 1);
      return count === 0;
    })
    .reverse();
}

const keyOf = ({ ts, stream, text }: LogLine) => `${ts} ${stream} ${text}`;
