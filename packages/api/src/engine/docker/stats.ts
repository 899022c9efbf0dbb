import type { InstanceId } from "@claw/core/instance";
import { z } from "zod";
import type { ContainerStats } from "../engine.ts";
import { openStream } from "./connection.ts";
import { getOwn } from "./containers.ts";
import type { DockerContext } from "./context.ts";
import { toDomainError } from "./errors.ts";
import { jsonLines } from "./json-lines.ts";

const Cpu = z.object({ cpu_usage: z.object({ total_usage: z.number() }) });

/**
 * The fields of Docker's stats that are shown. Memory is empty for a container that has just ended.
 */
const DockerStats = z.object({
  read: z.string(),
  preread: z.string(),
  cpu_stats: Cpu,
  precpu_stats: Cpu,
  memory_stats: z.object({
    usage: z.number().optional(),
    limit: z.number().optional(),
    stats: z.record(z.string(), z.number()).optional(),
  }),
  networks: z
    .record(z.string(), z.object({ rx_bytes: z.number(), tx_bytes: z.number() }))
    .optional(),
});
type DockerStats = z.infer<typeof DockerStats>;

/** A running container's usage, about once a second, until it ends or `signal` aborts. */
export async function* readStats(
  context: DockerContext,
  id: InstanceId,
  signal: AbortSignal,
): AsyncGenerator<ContainerStats> {
  const info = await getOwn(context, id);
  try {
    const stream = await context.connection.ask(
      (docker, abortSignal) =>
        openStream(docker, `/containers/${info.Id}/stats`, { stream: true }, abortSignal),
      { signal },
    );
    for await (const value of jsonLines(stream)) {
      const stats = toStats(DockerStats.parse(value));
      if (stats) yield stats;
    }
  } catch (error) {
    if (!signal.aborted) throw toDomainError(error, context.connection.address);
  }
}

/**
 * Usage from Docker's counters; null for the first message, which has no predecessor, and for a
 * stopped container. Memory excludes the page cache that can be dropped, as `docker stats` does
 * (cgroup v1: total_inactive_file, v2: inactive_file).
 */
export function toStats(stats: DockerStats): ContainerStats | null {
  const { usage, limit, stats: detail } = stats.memory_stats;
  const elapsedMs = Date.parse(stats.read) - Date.parse(stats.preread);
  if (usage === undefined || !(elapsedMs > 0 && elapsedMs < 60_000)) return null;
  const usedNs = stats.cpu_stats.cpu_usage.total_usage - stats.precpu_stats.cpu_usage.total_usage;
  const cache = detail?.total_inactive_file ?? detail?.inactive_file ?? 0;
  const networks = Object.values(stats.networks ?? {});
  const sum = (key: "rx_bytes" | "tx_bytes") =>
    networks.reduce((total, network) => total + network[key], 0);
  return {
    cpuPercent: Math.max(0, (usedNs / (elapsedMs * 1e6)) * 100),
    memoryBytes: Math.max(0, usage - cache),
    memoryLimitBytes: limit ?? 0,
    networkReceivedBytes: sum("rx_bytes"),
    networkSentBytes: sum("tx_bytes"),
  };
}
