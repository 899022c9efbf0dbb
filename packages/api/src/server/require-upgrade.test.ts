import { expect, test } from "vitest";
import { createTestApp } from "../../tests/support/test-app.ts";

test("a plain request for the WebSocket is told what is missing, and the setting that helps", async () => {
  await using app = await createTestApp();
  const answer = await fetch(`${app.url}/trpc`);
  expect([answer.status, answer.headers.get("upgrade")]).toEqual([426, "websocket"]);
  const { error } = (await answer.json()) as { error: { message: string } };
  expect(error.message).toContain("proxy_set_header Upgrade $http_upgrade");
  const page = await fetch(`${app.url}/trpc`, { headers: { accept: "text/html" } });
  expect([page.status, page.headers.get("content-type")]).toEqual([
    426,
    "text/html; charset=utf-8",
  ]);
  const text = await page.text();
  for (const part of ["只接受 WebSocket", "takes a WebSocket only", "proxy_http_version 1.1"])
    expect(text).toContain(part);
});

test("what a proxy made of an upgrade is told the same", async () => {
  await using app = await createTestApp();
  const headers = {
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  };
  expect((await fetch(`${app.url}/trpc`, { headers })).status).toBe(426);
});

test("a WebSocket is let through, and so is every call beside it", async () => {
  await using app = await createTestApp();
  expect(await app.client.instances.list.query()).toEqual([]);
  const first = await new Promise((resolve, reject) => {
    const watch = app.client.instances.watch.subscribe(undefined, {
      onData: (event) => {
        watch.unsubscribe();
        resolve(event);
      },
      onError: reject,
    });
  });
  expect(first).toMatchObject({ type: "snapshot" });
});
