import type { InstanceId } from "@claw/core/instance";
import { earliestStamp, type LogCursor, type LogLine, linesAfter } from "@claw/core/log-cursor";
import { sizeOf } from "@claw/core/log-size";
import { type LogQuery, OLDER_LIMIT_BYTES } from "../engine.ts";
import { openStream } from "./connection.ts";
import { getOwn } from "./containers.ts";
import type { DockerContext } from "./context.ts";
import { failed } from "./errors.ts";
import { readBatches } from "./log-batches.ts";
import { withoutHoles } from "./log-holes.ts";

/** An instance's log lines, in batches as Docker delivers them. */
export async function* readLogs(
  context: DockerContext,
  id: InstanceId,
  query: LogQuery,
): AsyncGenerator<LogLine[]> {
  if (query.signal.aborted) return;
  const info = await getOwn(context, id);
  if (info.Config.Tty) throw failed(`The container of ${id} has a terminal, so it has no log.`);
  const stop = new AbortController();
  const signal = AbortSignal.any([query.signal, stop.signal]);
  try {
    if (query.before !== undefined) {
      yield* lastOf(await openLog(context, info.Id, { ...query, signal }), query.tail);
      return;
    }
    const readTail = (tail: number) => lastLines(context, info.Id, tail, signal);
    const looks = query.after !== undefined || query.tail > 1;
    const last = looks ? ((await readTail(1)).at(-1) ?? null) : null;
    const isWanted = last !== null && (!query.after || linesAfter(query.after)(last));
    const endlessAt = looks && last === null ? stampOf(context) : null;
    const lines = await openLog(context, info.Id, { ...query, signal });
    yield* withoutHoles(lines, { query, end: isWanted ? last : null, endlessAt, readTail });
  } catch (error) {
    if (!query.signal.aborted) throw error;
  } finally {
    stop.abort();
  }
}

async function openLog(
  context: DockerContext,
  containerId: string,
  query: LogQuery,
): Promise<AsyncGenerator<LogLine[]>> {
  const stream = await context.connection.ask(
    (docker, abortSignal) =>
      openStream(docker, `/containers/${containerId}/logs`, parameters(query), abortSignal),
    { signal: query.signal },
  );
  return readBatches(stream, query, context.connection.address);
}

/** The current time, or slightly earlier, as a log timestamp. */
function stampOf({ connection }: DockerContext): string {
  return new Date(connection.clock.atLeast()).toISOString();
}

/** The last lines according to Docker, up to the size that can be held. */
async function lastLines(
  context: DockerContext,
  containerId: string,
  tail: number,
  signal: AbortSignal,
): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  const log = await openLog(context, containerId, { tail, follow: false, signal });
  for await (const batch of lastOf(log, tail)) lines.push(...batch);
  return lines;
}

function parameters(query: LogQuery): Record<string, string | number | boolean> {
  const common = { stdout: true, stderr: true, timestamps: true, follow: query.follow };
  // Docker would take the last lines first and then those before the timestamp: possibly none.
  if (query.before !== undefined) return { ...common, until: unixSeconds(query.before, 0) };
  if (!query.after) return { ...common, tail: query.tail };
  const since = sinceOf(query.after);
  return since === null ? common : { ...common, since };
}

/** The last `count` lines, in batches like live ones. */
async function* lastOf(
  batches: AsyncIterable<LogLine[]>,
  count: number,
): AsyncGenerator<LogLine[]> {
  const kept: LogLine[][] = [];
  let held = 0;
  let bytes = 0;
  for await (const batch of batches) {
    kept.push(batch);
    held += batch.length;
    bytes += sizeOf(batch);
    while (held - (kept[0]?.length ?? 0) >= count || bytes > OLDER_LIMIT_BYTES) {
      const dropped = kept.shift() ?? [];
      held -= dropped.length;
      bytes -= sizeOf(dropped);
    }
  }
  const first = kept[0];
  if (first && held > count) kept[0] = first.slice(held - count);
  for (const batch of kept) if (batch.length > 0) yield batch;
}

/** One second earlier: timestamps are not ordered between the two streams. */
function sinceOf(cursor: LogCursor): string | null {
  const stamp = earliestStamp(cursor);
  return stamp === null ? null : unixSeconds(stamp, -1);
}

/** A timestamp as Docker's parameters require it, with all nine decimals. */
function unixSeconds(stamp: string, plus: number): string {
  return `${Math.floor(Date.parse(stamp) / 1000) + plus}.${stamp.slice(20, 29)}`;
}
