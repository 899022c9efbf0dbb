import type { AuditEntry } from "@claw/core/access/audit";
import { csvOf } from "../../ui/csv.ts";

const COLUMNS = [
  "at",
  "user",
  "via",
  "address",
  "action",
  "instances",
  "object",
  "result",
  "count",
] as const;

/** The entries as CSV. */
export function auditCsv(entries: readonly AuditEntry[]): string {
  const rows = entries.map((entry) => [
    entry.at,
    entry.user ?? "",
    entry.via ? `${entry.via.kind} ${entry.via.id}` : "",
    entry.address,
    entry.action,
    entry.instanceIds.join(" "),
    entry.object ?? "",
    entry.result,
    String(entry.count),
  ]);
  return csvOf([COLUMNS, ...rows]);
}
