/**
 * The gateway's verdict in a log line on the configuration that it just read, in the words of
 * OpenClaw 2026.9.6. `skipped`: it keeps its current one; `replaced`: it restored another.
 */
export function gatewayVerdict(line: string): "skipped" | "replaced" | null {
  if (SKIPPED.test(line)) return "skipped";
  return PUT_BACK.test(line) ? "replaced" : null;
}

/** Excludes "skipped by writer intent", which concerns OpenClaw's own writes. */
const SKIPPED = /\bconfig reload (?:skipped \(|failed: )/;
const PUT_BACK = /\bConfig auto-restored from (?:backup|last-known-good): /;
