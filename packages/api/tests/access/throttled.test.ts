import { expect, test } from "vitest";
import { createTestApp, type TestApp } from "../support/test-app.ts";

/** The same call without a session, until it is refused for being too often. */
async function untilThrottled(app: TestApp, path: string, body?: string): Promise<Response> {
  const type = path.startsWith("/backups") ? "application/octet-stream" : "application/json";
  const headers = { "content-type": type };
  for (let time = 0; time < 700; time++) {
    const sent = body === undefined ? { headers } : { method: "POST", headers, body };
    const response = await fetch(app.url + path, sent);
    if (response.status === 429) return response;
    await response.text();
  }
  throw new Error(`${path} can be called without an end`);
}

test.each([
  [
    "a log-in",
    "/trpc/auth.login",
    JSON.stringify({ username: "nobody", password: "guessed wrongly" }),
  ],
  ["a call without a session", "/trpc/instances.list", undefined],
  ["an upload without a session", "/backups/upload", "x"],
])("%s that comes too often says in header and body how long to wait", async (_, path, body) => {
  await using app = await createTestApp();
  const response = await untilThrottled(app, path, body);
  const { error } = (await response.json()) as { error: { data: { retryAfterSeconds: number } } };
  expect(error.data).toMatchObject({ code: "TOO_MANY_REQUESTS", reason: "TOO_MANY_ATTEMPTS" });
  expect(error.data.retryAfterSeconds).toBeGreaterThan(0);
  expect(response.headers.get("retry-after")).toBe(String(error.data.retryAfterSeconds));
});

test("what is refused for another reason does not ask anybody to wait", async () => {
  await using app = await createTestApp();
  const response = await fetch(`${app.url}/trpc/instances.list`);
  expect([response.status, response.headers.get("retry-after")]).toEqual([401, null]);
});
