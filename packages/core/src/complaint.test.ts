import { expect, test } from "vitest";
import { complaintOf } from "./complaint.ts";

/** As written by OpenClaw 2026.9.6. */
const INVALID = `2026-11-29T19:19:24.225+00:00 [gateway] resolving authentication…
2026-11-29T19:19:24.253+00:00 [gateway] starting...
2026-11-29T19:19:26.846+00:00 [gateway] shutdown budget at startup: drain=315000ms shutdown=325000ms reserve=10000ms exitMargin=5000ms; source=Gateway stop policy=330000ms
2026-11-29T19:19:27.769+00:00 [gateway] spawn broker ready pid=21
2026-11-29T19:19:30.737+00:00 Gateway failed to start: Invalid config at /home/node/.openclaw/openclaw.json:
openclaw.json:1 — tools: Unrecognized key: "defaults"
openclaw.json:1 — channels: Invalid input: expected object, received array
openclaw.json:1 — gateway: Unrecognized key: "bogus"
Run "openclaw doctor --fix" to repair, then retry.
If startup is still blocked, inspect the adjacent .bak backup before restoring it manually.
2026-11-29T19:19:30.740+00:00 Run "openclaw doctor --fix" to repair the config, then retry.`;
const UNAUTHENTICATED = `2026-11-29T19:19:56.959+00:00 [gateway] resolving authentication…
2026-11-29T19:19:56.989+00:00 Refusing to bind gateway to lan without auth.
Container environment detected — the gateway defaults to bind=auto (0.0.0.0) for port-forwarding compatibility.
Set OPENCLAW_GATEWAY_TOKEN or OPENCLAW_GATEWAY_PASSWORD, or pass --token/--password *** start with auth.`;
const BLOCKED = `2026-11-29T19:20:17.344+00:00 [gateway] resolving authentication…
2026-11-29T19:20:17.360+00:00 Gateway start blocked: existing config is missing gateway.mode. Treat this as suspicious or clobbered config. Re-run \`openclaw onboard --mode local\` or \`openclaw setup\`, set gateway.mode=local manually, or pass --allow-unconfigured.
2026-11-29T19:20:17.362+00:00 Config write audit: SQLite diagnostic_events/config-audit state (latest 50000 rows)`;

const of = (text: string) => complaintOf(text.split("\n"));

test("the keys that the gateway refuses come before any word about them", () => {
  expect(of(INVALID)).toBe(
    'openclaw.json:1 — tools: Unrecognized key: "defaults"; ' +
      "openclaw.json:1 — channels: Invalid input: expected object, received array; " +
      'openclaw.json:1 — gateway: Unrecognized key: "bogus"',
  );
});

test("a cause in one line is that line, whatever advice or audit follows it", () => {
  expect(of(UNAUTHENTICATED)).toBe("Refusing to bind gateway to lan without auth.");
  expect(of(BLOCKED)).toMatch(/^Gateway start blocked: existing config is missing gateway\.mode\./);
  expect(of("Missing config. Run `openclaw setup` or set gateway.mode=local.")).toMatch(
    /^Missing config\./,
  );
});

test("of several runs the last one counts", () => {
  expect(of(`${INVALID}\n${UNAUTHENTICATED}`)).toBe(
    "Refusing to bind gateway to lan without auth.",
  );
});

test("an error of Node.js is told without its stack", () => {
  const lines = [
    "loading",
    "\u001b[31mTypeError: x is not a function\u001b[0m",
    "    at run (a.js:1)",
  ];
  expect(complaintOf(lines)).toBe("TypeError: x is not a function");
});

test("a program that complains in no known way has its last words", () => {
  expect(complaintOf(["loading", "boom", ""])).toBe("boom");
  expect(complaintOf([])).toBeNull();
  expect(complaintOf(["", 'Run "openclaw doctor --fix" to repair.'])).toBeNull();
});

test("a line without an end is cut", () => {
  expect(complaintOf([`Error: ${"x".repeat(100_000)}`])).toHaveLength(400);
});
