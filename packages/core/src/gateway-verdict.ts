/**
 * The gateway's verdict in a log line on the configuration that it just read, in the words of
 * OpenClaw 2026.9.6. `skipped`: it keeps its current one; `replaced`: it restored another;
 * `accepted`: it applies it, or restarts for it, or waits for a restart.
 */
export function gatewayVerdict(line: string): "skipped" | "replaced" | "accepted" | null {
  if (SKIPPED.test(line)) return "skipped";
  if (PUT_BACK.test(line)) return "replaced";
  return ACCEPTED.test(line) ? "accepted" : null;
}

/** Excludes "skipped by writer intent", which concerns OpenClaw's own writes. */
const SKIPPED = /\bconfig reload (?:skipped \(|failed: )/;
const ACCEPTED =
  /\bconfig (?:hot reload applied|change applied|change requires (?:gateway restart|channel reload)|reload disabled) \(/;
const PUT_BACK = /\bConfig auto-restored from (?:backup|last-known-good): /;
