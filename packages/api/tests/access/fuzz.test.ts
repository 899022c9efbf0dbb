import type { Access } from "@claw/core/access/viewer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { appRouter } from "../../src/trpc/root.ts";
import { CHOICE } from "../support/sample.ts";
import { createTestApp, type TestApp } from "../support/test-app.ts";

interface Procedure {
  _def: { type: "query" | "mutation" | "subscription"; meta: Access };
}

/** Streams answer without an end, and the log-out would end the rest of the test. */
const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, Procedure>,
).filter(([path, { _def }]) => _def.type !== "subscription" && path !== "auth.logout");

/** Hostile values for an id, name or text. */
const nasty = fc.oneof(
  fc.constantFrom(
    "anna",
    "../anna",
    "..",
    "/etc/passwd",
    "anna/../../ben",
    "anna%2f..%2fben",
    "..\\ben",
    "con",
    "anna\0",
    "anna\nWARN forged",
    "\u001b[31manna",
    "\u202eanna",
    "<img src=x onerror=alert(1)>",
    "'; DROP TABLE users; --",
    "${process.env}",
    "{{ 7 * 7 }}",
    "__proto__",
    "constructor",
    "\ud800",
    "x".repeat(5_000),
  ),
  fc.string({ unit: "binary" }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 4 }),
  fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
);

/** The fields that procedures know, each with anything in it, and others. */
const FIELDS = [
  ...["id", "ids", "instanceIds", "username", "password", "newPassword", "code", "totp", "name"],
  ...["displayName", "role", "owner", "port", "start", "deleteData", "text", "revision", "scope"],
  ...[
    "expiresInDays",
    "limit",
    "cursor",
    "before",
    "note",
    "pinned",
    "provider",
    "since",
    "action",
  ],
  ...["allowUnsafeTemplates", "disabled", "__proto__", "constructor", "toString"],
];
const nearly = fc.dictionary(fc.constantFrom(...FIELDS), nasty, { maxKeys: 6 });
const input = fc.oneof({ weight: 4, arbitrary: nearly }, fc.jsonValue(), nasty);

const call = fc.record({ procedure: fc.constantFrom(...procedures), input });

async function send(app: TestApp, path: string, type: string, body: string): Promise<Response> {
  const headers = { authorization: `Bearer ${app.token}`, "content-type": "application/json" };
  const signal = AbortSignal.timeout(10_000);
  return type === "query"
    ? fetch(`${app.url}/trpc/${path}?input=${encodeURIComponent(body)}`, { headers, signal })
    : fetch(`${app.url}/trpc/${path}`, { method: "POST", headers, body, signal });
}

/** An answer that is meant to be one: no fault of the panel, no trace of its insides. */
async function expectProper(app: TestApp, response: Response, what: string): Promise<void> {
  const text = await response.text();
  // The engine in memory has no image to fetch, and answers as an engine would.
  if (response.status >= 500) expect([what, text]).toEqual([what, "no fault of the panel"]);
  expect(text, what).not.toMatch(/node_modules|\.ts:\d+|at [\w.]+ \(/);
  expect(text, what).not.toContain(app.token);
}

describe("whatever is sent", () => {
  test("to any procedure, thousands of times, is answered at once and without a fault", {
    timeout: 300_000,
  }, async () => {
    await using app = await createTestApp();
    await app.client.instances.create.mutate({ id: "anna", name: "Anna", start: false });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 20, maxLength: 20 }), async (calls) => {
        await Promise.all(
          calls.map(async ({ procedure: [path, { _def }], input: value }) => {
            const body = JSON.stringify(value) ?? "null";
            await expectProper(app, await send(app, path, _def.type, body), `${path} ${body}`);
          }),
        );
      }),
      { numRuns: CHOICE.isDeep ? 500 : 100, seed: CHOICE.seed, endOnFailure: true },
    );
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    expect(app.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
    // Nothing that was sent begins a line of the log, or colours it.
    for (const line of app.logged) {
      expect(line).not.toContain("\u001b");
      expect(line.trimEnd()).not.toContain("\n");
    }
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  test("as a prototype changes nothing of anybody's", async () => {
    await using app = await createTestApp();
    const body =
      '{"__proto__":{"polluted":true,"role":"administrator"},"constructor":{"prototype":{"polluted":true}},"id":"anna","name":"x"}';
    for (const [path, { _def }] of procedures)
      await expectProper(app, await send(app, path, _def.type, body), path);
    expect({}).not.toHaveProperty("polluted");
    expect({}).not.toHaveProperty("role");
  });

  test("over a WebSocket is answered or ends the connection, and harms nobody", async () => {
    await using app = await createTestApp();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.string(), fc.json()), { maxLength: 10 }),
        async (all) => {
          const socket = new WebSocket(`${app.url.replace("http", "ws")}/trpc?connectionParams=1`);
          socket.on("error", () => {});
          const closed = new Promise((resolve) => socket.once("close", resolve));
          await new Promise((resolve) => socket.once("open", resolve));
          for (const text of all) socket.send(text);
          socket.close();
          await closed;
        },
      ),
      { numRuns: 50, seed: CHOICE.seed },
    );
    expect(await app.client.instances.list.query()).toEqual([]);
  });
});
