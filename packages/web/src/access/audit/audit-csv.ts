import type { AuditEntry } from "@claw/core/access/audit";

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

/**
 * The entries as CSV in UTF-8, with the byte order mark that Excel needs. Neutralizes formulas:
 * anybody can choose the names in cells.
 */
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
  return `\uFEFF${[COLUMNS, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
