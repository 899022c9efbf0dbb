import { expect, test } from "vitest";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { beginProbe } from "./begin-probe.ts";

test("over TLS, a WebSocket is tested over TLS as well, and the plain way beside it is known", async () => {
  await using panel = await createTestPanel({
    config: {
      port: 8443,
      publicNames: ["panel.internal"],
      instanceSite: { domain: "internal", scheme: "https" },
      ownAuthority: true,
    },
  });
  const origin = "https://panel.internal:8443";
  const probe = beginProbe(panel.context, origin);
  const path = new URL(probe?.url ?? "").pathname;
  expect(probe).toEqual({
    url: `https://claw-probe.internal:8443${path}`,
    plainUrl: `http://claw-probe.internal:8443${path}`,
    socketUrl: `wss://claw-probe.internal:8443${path}`,
    host: "claw-probe.internal:8443",
    proof: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  const key = path.split("/").at(-1) ?? "";
  expect(panel.context.runtime.probes.proofFor(key, origin)).toBe(probe?.proof);
});
