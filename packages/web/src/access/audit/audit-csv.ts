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
 * The entries as a spreadsheet reads them: in UTF-8 with the mark by which Excel knows it. A cell
 * that would be a formula there is a text: names in it may be anybody's.
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
