import type { AppRouter } from "@claw/api";
import { createTRPCClient, httpLink } from "@trpc/client";
import { afterEach, expect, test, vi } from "vitest";
import { failureOf } from "./api-error.ts";
import { fetchBehindProxy } from "./proxy-limit.ts";

afterEach(() => vi.unstubAllGlobals());

function failure(status: number, body: string, type: string): Promise<unknown> {
  vi.stubGlobal(
    "fetch",
    async () => new Response(body, { status, headers: { "content-type": type } }),
  );
  const client = createTRPCClient<AppRouter>({
    links: [httpLink({ url: "http://panel/trpc", fetch: fetchBehindProxy })],
  });
  return client.system.status.query().catch(failureOf);
}

test("a proxy's limit is told from the panel's own, and from a panel that does not answer", async () => {
  expect(await failure(413, "<html>nginx</html>", "text/html")).toBe("PROXY_LIMIT");
  expect(await failure(502, "<html>nginx</html>", "text/html")).toBe("CONNECTION");
  const data = { code: "PAYLOAD_TOO_LARGE", httpStatus: 413, reason: "CONFIG_TOO_LARGE" };
  const own = JSON.stringify({ error: { message: "…", code: -32013, data } });
  expect(await failure(413, own, "application/json")).toBe("CONFIG_TOO_LARGE");
});
