/**
 * What a line of the gateway's log says of the configuration that it has just read, in the words of
 * OpenClaw 2026.9.6: `skipped`, it goes on with the one it has; `replaced`, it put another one back.
 */
export function gatewayVerdict(line: string): "skipped" | "replaced" | null {
  if (SKIPPED.test(line)) return "skipped";
  return PUT_BACK.test(line) ? "replaced" : null;
}

/** Not "skipped by writer intent": that is about what OpenClaw wrote itself. */
const SKIPPED = /\bconfig reload (?:skipped \(|failed: )/;
const PUT_BACK = /\bConfig auto-restored from (?:backup|last-known-good): /;
