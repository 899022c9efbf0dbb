import type { Job } from "../api/client.ts";
import { formatBytes, formatDuration } from "../i18n/format.ts";
import { formatRate } from "../i18n/format-usage.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";

export type Transfer = NonNullable<Job["detail"]>;
export type TransferLine = Transfer["instances"][number];

const PHASES: Record<TransferLine["phase"], PlainKey> = {
  waiting: "transfer.waiting",
  stopping: "transfer.stopping",
  copying: "transfer.copying",
  starting: "transfer.starting",
  packing: "transfer.packing",
  verifying: "transfer.verifying",
  unpacking: "transfer.unpacking",
  checking: "transfer.checking",
  swapping: "transfer.swapping",
  done: "transfer.done",
  failed: "job.status.failed",
};

/** Phases whose bytes increase visibly. */
const MOVING: ReadonlySet<TransferLine["phase"]> = new Set([
  "copying",
  "packing",
  "verifying",
  "unpacking",
]);

export function isMoving(line: TransferLine): boolean {
  return MOVING.has(line.phase);
}

/** "copying 312 MB of 840 MB · 1,203 files · 24 MB/s · down 6 s" */
export function lineWords(line: TransferLine): string {
  const words = [t(PHASES[line.phase])];
  if (isMoving(line) && line.totalBytes > 0) {
    words[0] = t("transfer.bytes", {
      what: t(PHASES[line.phase]),
      done: formatBytes(line.bytes),
      total: formatBytes(line.totalBytes),
    });
    words.push(...speedWords(line));
  }
  if (line.downMs !== null && line.downMs > 0)
    words.push(t("transfer.down", { time: formatDuration(line.downMs) }));
  return words.join(" · ");
}

/** Without the remaining time: that of a phase would contradict that of the whole job. */
function speedWords({ files, bytesPerSecond }: TransferLine): string[] {
  const words: string[] = [];
  if (files > 0) words.push(t("transfer.files", { count: files }));
  if (bytesPerSecond > 0) words.push(formatRate(bytesPerSecond));
  return words;
}

/** "312 MB of 840 MB · 24 MB/s", as far as known. */
export function totalWords(transfer: Transfer): string {
  const words: string[] = [];
  if (transfer.totalBytes > 0)
    words.push(
      t("transfer.total", {
        done: formatBytes(transfer.bytes),
        total: formatBytes(transfer.totalBytes),
      }),
    );
  if (transfer.files > 0) words.push(t("transfer.files", { count: transfer.files }));
  if (transfer.bytesPerSecond > 0) words.push(formatRate(transfer.bytesPerSecond));
  return words.join(" · ");
}
