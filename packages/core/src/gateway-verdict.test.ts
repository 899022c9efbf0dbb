import { expect, test } from "vitest";
import { gatewayVerdict } from "./gateway-verdict.ts";

// Lines of the OpenClaw 2026.9.6 image after the same change to its file.
test.each([
  '2026-11-29T22:50:17.530+00:00 [reload] config reload skipped (invalid config): gateway: Unrecognized key: "bogus"',
  "2026-11-29T22:50:28.437+00:00 [reload] config reload skipped (invalid config): : JSON5 parse failed: SyntaxError: JSON5: invalid end of input at 1:13",
  "2026-11-29T22:51:47.670+00:00 [reload] config reload failed: GatewayEffectiveConfigConflictError: non-loopback Control UI requires gateway.controlUi.allowedOrigins",
  '{"level":"warn","subsystem":"reload","message":"config reload skipped (config file not found)"}',
])("goes on with the configuration that it has: %s", (line) => {
  expect(gatewayVerdict(line)).toBe("skipped");
});

test.each([
  "Config auto-restored from backup: /home/node/.openclaw/openclaw.json (size-drop-vs-last-good:739->189, missing-meta-vs-last-good)",
  "Config auto-restored from last-known-good: /home/node/.openclaw/openclaw.json (startup)",
])("puts another one back: %s", (line) => {
  expect(gatewayVerdict(line)).toBe("replaced");
});

test.each([
  "2026-11-29T22:51:36.474+00:00 [reload] config hot reload applied (agents.defaults.timeoutSeconds)",
  "[reload] config change applied (dynamic reads: agents.list)",
  "[reload] config change requires gateway restart (gateway.bind)",
  "[reload] config change requires channel reload (telegram) — deferring",
  "[reload] config reload disabled (gateway.reload.mode=off)",
])("accepts it: %s", (line) => {
  expect(gatewayVerdict(line)).toBe("accepted");
});

test.each([
  "2026-11-29T22:51:46.886+00:00 Config observe anomaly: /home/node/.openclaw/openclaw.json (size-drop-vs-last-good:739->152, missing-meta-vs-last-good)",
  "2026-11-29T22:51:47.471+00:00 [reload] config change detected; evaluating reload (gateway.controlUi.allowedOrigins)",
  "[reload] config reload skipped by writer intent (none)",
  "Gateway start blocked: existing config is missing gateway.mode. Treat this as suspicious or clobbered config.",
  "Config auto-restore from backup failed: /home/node/.openclaw/openclaw.json (missing-meta-vs-last-good; EACCES)",
])("says nothing of that: %s", (line) => {
  expect(gatewayVerdict(line)).toBeNull();
});
