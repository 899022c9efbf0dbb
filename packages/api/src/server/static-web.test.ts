import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp } from "../../tests/support/test-app.ts";

let webRoot: string;
beforeAll(async () => {
  webRoot = await mkdtemp(path.join(tmpdir(), "claw web-"));
  await mkdir(path.join(webRoot, "assets"));
  await writeFile(path.join(webRoot, "index.html"), "<!doctype html><title>Claw</title>");
  await writeFile(path.join(webRoot, "early.js"), "early()");
  await writeFile(path.join(webRoot, "assets/index-abc123.js"), "run()");
  for (const file of ["assets/large-abc123.js", "large.html"]) {
    await writeFile(path.join(webRoot, file), "plain");
    // No browser decodes these: what came is seen by its text.
    await writeFile(path.join(webRoot, `${file}.br`), "brotli");
    await writeFile(path.join(webRoot, `${file}.gz`), "gzip");
  }
  await writeFile(path.join(webRoot, "..", "outside.txt"), "outside");
});
afterAll(async () => {
  await rm(webRoot, { recursive: true });
  await rm(path.join(webRoot, "..", "outside.txt"));
});

test.each([
  "/",
  "/index.html",
  "/instances/anna",
  "/instances/anna/logs?tail=5",
  "/system",
])("%s is the page, looked for anew each time", async (address) => {
  await using app = await createTestApp({ config: { webRoot } });
  const response = await fetch(app.url + address);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("text/html");
  expect(response.headers.get("cache-control")).toBe("no-cache");
  expect(response.headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(await response.text()).toContain("<title>Claw</title>");
});

/** Undecoded, unlike `fetch`. */
async function request(url: string, headers: http.OutgoingHttpHeaders) {
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http.get(url, { headers, agent: false }, resolve).on("error", reject);
  });
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
}

test("assets, whose names change with them, are kept for ever; other files are not", async () => {
  await using app = await createTestApp({ config: { webRoot } });
  const asset = await fetch(`${app.url}/assets/index-abc123.js`);
  expect(await asset.text()).toBe("run()");
  expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  const early = await fetch(`${app.url}/early.js`);
  expect(early.headers.get("cache-control")).toBe("no-cache");
});

test.each([
  ["br, gzip", "br", "brotli"],
  ["gzip", "gzip", "gzip"],
  ["identity", null, "plain"],
])("a browser that accepts %s gets that", async (accepted, encoding, kind) => {
  await using app = await createTestApp({ config: { webRoot } });
  for (const file of ["assets/large-abc123.js", "large.html"]) {
    const response = await request(`${app.url}/${file}`, { "accept-encoding": accepted });
    expect(response.headers["content-encoding"] ?? null).toBe(encoding);
    expect(response.headers.vary).toBe("accept-encoding");
    expect(response.headers["content-type"]).toMatch(/javascript|html/);
    expect(response.body.toString()).toBe(kind);
    const etag = response.headers.etag ?? "";
    const again = await request(`${app.url}/${file}`, {
      ...{ "accept-encoding": accepted, "if-none-match": etag },
    });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  }
});

test("the representations of a file have different tags", async () => {
  await using app = await createTestApp({ config: { webRoot } });
  const tags = ["br", "gzip", "identity"].map(async (accepted) => {
    const url = `${app.url}/assets/large-abc123.js`;
    return (await request(url, { "accept-encoding": accepted })).headers.etag;
  });
  expect(new Set(await Promise.all(tags)).size).toBe(3);
});

test.each([
  "/assets/index-old.js",
  "/assets/large-abc123.js.br",
  "/favicon.ico",
  "/trpc",
  "/..%2foutside.txt",
  "/%2e%2e/outside.txt",
])("%s is nothing, and not the page either", async (address) => {
  await using app = await createTestApp({ config: { webRoot } });
  const response = await fetch(app.url + address);
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(await response.text()).not.toContain("outside");
});

test("a page that cannot be posted to", async () => {
  await using app = await createTestApp({ config: { webRoot } });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${app.url}/instances`, { method: "POST", body: "{}", headers });
  expect(response.status).toBe(404);
});

test("without a page it is told how to build it", async () => {
  await using app = await createTestApp();
  const response = await fetch(app.url);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain("npm start");
});
