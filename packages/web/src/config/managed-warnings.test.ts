import { identityHeader } from "@claw/core/gateway-access";
import { managedKeys, wrongKeys } from "@claw/core/managed-keys";
import { expect, test } from "vitest";
import { managedWarnings } from "./managed-warnings.ts";

const THROUGH = managedKeys({
  trusted: { header: identityHeader("0"), peer: "10.213.0.1" },
  origins: ["http://a"],
});

/** What is marked, and what the mark says. */
const marksIn = (text: string) =>
  managedWarnings(text, wrongKeys(text, THROUGH)).map(({ from, to, message }) => [
    text.slice(from, to),
    message,
  ]);

test("a value is marked, of a long one its key, and what is missing at the object around it", () => {
  const text = `// all
{
  gateway: { mode: 'remote', port: 1, auth: {
    mode: "none", token: "t" }, controlUi: {}, trustedProxies: ["10.213.0.1"] },
}`;
  expect(marksIn(text)).toEqual([
    ["'remote'", 'The panel sets gateway.mode: saving puts "local" back'],
    ["1", "The panel sets gateway.port: saving puts 18789 back"],
    ["controlUi", "The panel sets gateway.controlUi.allowedOrigins: saving puts its value back"],
    ["auth", "The panel sets gateway.auth: saving puts its value back"],
    ['"t"', "The gateway does not start with gateway.auth.token: saving removes it"],
    ["{", "The panel sets plugins.entries.admin-http-rpc.enabled: saving puts true back"],
  ]);
});
