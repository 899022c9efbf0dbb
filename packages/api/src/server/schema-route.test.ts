import { createHash } from "node:crypto";
import { once } from "node:events";
import http, { type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { OPENCLAW_SCHEMA } from "../../tests/support/openclaw-schema.ts";
import { haveUser, signIn } from "../../tests/support/sign-in.ts";
import { createTestApp, type TestApp } from "../../tests/support/test-app.ts";
import type { ConfigChecker } from "../checker/config-checker.ts";
import { createInstance } from "../services/instance/create-instance.ts";

/** Compiling the schema takes seconds. */
const checker: ConfigChecker = {
  check: async () => [],
  [Symbol.asyncDispose]: async () => {},
};

async function withAnna(): Promise<TestApp> {
  const app = await createTestApp({ checker, timing: { configSchema: OPENCLAW_SCHEMA } });
  await createInstance(app.context, { id: "anna", name: "Anna", start: false });
  return app;
}

const keyOf = async (app: TestApp) =>
  (await app.client.instances.prepareChecks.query({ id: "anna" })).schema ?? "";

/** Decodes nothing, unlike `fetch`. */
async function ask(app: TestApp, key: string, headers: Record<string, string>) {
  const request = http.get(`${app.url}/schemas/${key}`, {
    headers: { authorization: `Bearer ${app.token}`, ...headers },
    agent: false,
  });
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, bytes: await buffer(answer) };
}

test.each([
  ["br, gzip", "br", brotliDecompressSync],
  ["gzip, deflate", "gzip", gunzipSync],
  ["identity", undefined, (bytes: Buffer) => bytes],
])("a schema is served for good under its hash, to who takes %s", async (accepts, encoding, decode) => {
  await using app = await withAnna();
  const key = await keyOf(app);
  const { headers, bytes } = await ask(app, key, { "accept-encoding": accepts });
  expect(headers).toMatchObject({
    "content-type": "application/json; charset=utf-8",
    "cache-control": "private, max-age=31536000, immutable",
    vary: "accept-encoding",
  });
  expect(headers["content-encoding"]).toBe(encoding);
  const text = decode(bytes).toString();
  expect(JSON.parse(text)).toEqual(OPENCLAW_SCHEMA);
  expect(createHash("sha256").update(text).digest("hex")).toBe(key);
});

test("a member reads it; who has not logged in learns nothing, not even which there are", async () => {
  await using app = await withAnna();
  const key = await keyOf(app);
  const ben = await signIn(app.context, await haveUser(app.context.store, "ben", "member"));
  const asBen = { authorization: `Bearer ${ben.token}` };
  expect((await ask(app, key, asBen)).status).toBe(200);
  for (const each of [key, "a".repeat(64)])
    expect((await ask(app, each, { authorization: "Bearer x" })).status).toBe(401);
});

test.each([
  "a".repeat(64),
  "..%2F..%2Fclaw.db",
  "sha256:1",
])("what is no hash of a schema is not found: %s", async (key) => {
  await using app = await withAnna();
  await keyOf(app);
  const { status, headers } = await ask(app, key, {});
  expect(status).toBe(404);
  expect(headers["cache-control"]).toBeUndefined();
});
