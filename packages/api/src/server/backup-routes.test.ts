import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { Backup } from "@claw/core/backup/backup";
import { describe, expect, test, vi } from "vitest";
import { archiveBytes } from "../../tests/support/archive-bytes.ts";
import { eventually, settled, signalled } from "../../tests/support/deadline.ts";
import { createTestApp, homeOfTest, type TestApp } from "../../tests/support/test-app.ts";
import { createFolderRepository } from "../files/disk/repository/folder-repository.ts";
import { RESUME_MS, TICKET_MS } from "../services/runtime/download-tickets.ts";

// Some of these files are large.
vi.setConfig({ testTimeout: 60_000 });

interface Ask {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: Buffer;
}

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  bytes: Buffer;
  json: unknown;
}

function open(app: TestApp, options: Ask): http.ClientRequest {
  const { port } = app.server.server.address() as AddressInfo;
  return http.request({
    host: "127.0.0.1",
    port,
    method: options.method ?? "GET",
    path: options.path,
    headers: {
      host: `127.0.0.1:${port}`,
      authorization: `Bearer ${app.token}`,
      ...options.headers,
    },
    agent: false,
  });
}

async function answerTo(request: http.ClientRequest): Promise<Answer> {
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const isJson = response.headers["content-type"]?.startsWith("application/json") ?? false;
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    bytes,
    json: isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : null,
  };
}

async function ask(app: TestApp, options: Ask): Promise<Answer> {
  const request = open(app, options);
  const answered = answerTo(request);
  request.end(options.body);
  return answered;
}

const octets = { "content-type": "application/octet-stream" };
const upload = (app: TestApp, body: Buffer, headers: Record<string, string> = {}) =>
  ask(app, { method: "POST", path: "/backups/upload", headers: { ...octets, ...headers }, body });
const filesOf = (app: TestApp) => readdir(path.join(app.home, "backup"));

/** A panel with one backup, its bytes, and tickets for it. */
async function withBackup() {
  const app = await createTestApp();
  const bytes = await archiveBytes(app.context, "x".repeat(300_000));
  const backup = Backup.parse((await upload(app, bytes)).json);
  const ticket = async () =>
    (await app.client.backups.downloadTicket.mutate({ id: backup.id })).url;
  return {
    app,
    bytes,
    backup,
    etag: `"${backup.sha256}"`,
    ticket,
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

function expectRefused(answer: Answer, httpStatus: number, reason: string) {
  expect(answer.status).toBe(httpStatus);
  const message = expect.stringMatching(/^[A-Z].*\.$/);
  expect(answer.json).toMatchObject({
    error: { message, data: { httpStatus, reason, issues: [] } },
  });
}

describe("a download", () => {
  test("is the file, byte for byte, with what a browser needs to keep it", async () => {
    await using from = await withBackup();
    const { status, headers, bytes } = await ask(from.app, { path: await from.ticket() });
    expect(status).toBe(200);
    expect(bytes.equals(from.bytes)).toBe(true);
    expect(headers).toMatchObject({
      "content-length": String(from.bytes.length),
      "content-type": "application/x-tar",
      "content-disposition": 'attachment; filename="claw-20260302-000000-1.tar"',
      "accept-ranges": "bytes",
      "cache-control": "no-store",
      etag: from.etag,
      "x-content-type-options": "nosniff",
    });
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(from.backup.sha256);
  });

  test("can be asked about first, as often as one likes", async () => {
    await using from = await withBackup();
    const url = await from.ticket();
    for (let time = 0; time < 3; time++) {
      const head = await ask(from.app, { method: "HEAD", path: url });
      expect(head).toMatchObject({ status: 200, headers: { etag: from.etag } });
      expect(head.headers["content-length"]).toBe(String(from.bytes.length));
      expect(head.bytes).toHaveLength(0);
    }
    expect((await ask(from.app, { path: url })).status).toBe(200);
  });

  test("has one ticket each: a second request is refused", async () => {
    await using from = await withBackup();
    const url = await from.ticket();
    await ask(from.app, { path: url });
    expectRefused(await ask(from.app, { path: url }), 404, "TICKET_INVALID");
    const range = { range: "bytes=0-" };
    expectRefused(await ask(from.app, { path: url, headers: range }), 404, "TICKET_INVALID");
    expect((await ask(from.app, { path: await from.ticket() })).status).toBe(200);
  });

  test("has to begin within a minute", async () => {
    await using from = await withBackup();
    const url = await from.ticket();
    from.app.host.advance(TICKET_MS);
    expectRefused(await ask(from.app, { path: url }), 404, "TICKET_INVALID");
    expect((await ask(from.app, { method: "HEAD", path: url })).status).toBe(404);
  });

  test.each([
    "0".repeat(64),
    "x",
    "..%2f..%2fdata%2fclaw.db",
    "%00",
    "a".repeat(4_000),
  ])("has a ticket of the panel's: %s", async (ticket) => {
    await using from = await withBackup();
    await from.ticket();
    const answer = await ask(from.app, { path: `/backups/download/${ticket}` });
    expectRefused(answer, 404, "TICKET_INVALID");
  });

  test("of a backup that was deleted meanwhile is refused", async () => {
    await using from = await withBackup();
    const url = await from.ticket();
    await from.app.client.backups.remove.mutate({ id: from.backup.id });
    expectRefused(await ask(from.app, { path: url }), 404, "BACKUP_NOT_FOUND");
  });

  test("cannot be had by another page, nor by another name of this machine", async () => {
    await using from = await withBackup();
    const url = await from.ticket();
    for (const headers of [
      { origin: "http://evil.example" },
      { "sec-fetch-site": "cross-site" },
      { host: "evil.example" },
    ] as Record<string, string>[])
      expectRefused(await ask(from.app, { path: url, headers }), 403, "INVALID_INPUT");
    expect((await ask(from.app, { path: url })).status).toBe(200);
  });
});

describe("a part of a download", () => {
  test("put to the others is the file", async () => {
    await using from = await withBackup();
    const url = await from.ticket();
    const pieces: Buffer[] = [];
    for (let start = 0; start < from.bytes.length; start += 70_001) {
      const end = Math.min(start + 70_000, from.bytes.length - 1);
      const headers = { range: `bytes=${start}-${end}`, "if-range": from.etag };
      const answer = await ask(from.app, { path: url, headers });
      expect(answer.status).toBe(206);
      expect(answer.headers["content-range"]).toBe(`bytes ${start}-${end}/${from.bytes.length}`);
      expect(answer.headers["content-length"]).toBe(String(end - start + 1));
      pieces.push(answer.bytes);
    }
    expect(pieces.length).toBeGreaterThan(3);
    expect(Buffer.concat(pieces).equals(from.bytes)).toBe(true);
  });

  test("goes on with a download that broke off, until ten minutes after its last bytes", async () => {
    await using from = await withBackup();
    const url = await from.ticket();
    const request = open(from.app, { path: url }).end();
    const [response] = (await once(request, "response")) as [http.IncomingMessage];
    const [first] = (await once(response, "data")) as [Buffer];
    request.destroy();
    const headers = { range: `bytes=${first.length}-`, "if-range": from.etag };
    from.app.host.advance(RESUME_MS - 60_000);
    const rest = await ask(from.app, { path: url, headers });
    expect(rest.status).toBe(206);
    expect(Buffer.concat([first, rest.bytes]).equals(from.bytes)).toBe(true);
    await eventually(async () => {
      from.app.host.advance(RESUME_MS);
      expectRefused(await ask(from.app, { path: url, headers }), 404, "TICKET_INVALID");
    });
  });

  test("of another file is not mixed with it", async () => {
    await using from = await withBackup();
    const other = { range: "bytes=10-", "if-range": '"another file"' };
    const url = await from.ticket();
    const whole = await ask(from.app, { path: url, headers: other });
    expect(whole.status).toBe(200);
    expect(whole.bytes.equals(from.bytes)).toBe(true);
    expectRefused(await ask(from.app, { path: url, headers: other }), 404, "TICKET_INVALID");
  });

  test("that the file does not have is said to be none, and uses no ticket up", async () => {
    await using from = await withBackup();
    const url = await from.ticket();
    const headers = { range: `bytes=${from.bytes.length}-` };
    const answer = await ask(from.app, { path: url, headers });
    expectRefused(answer, 416, "INVALID_INPUT");
    expect(answer.headers["content-range"]).toBe(`bytes */${from.bytes.length}`);
    expect((await ask(from.app, { path: url, headers: { range: "bytes=-5" } })).bytes).toEqual(
      from.bytes.subarray(-5),
    );
  });

  test("or several of them at once: the file is sent as a whole", async () => {
    await using from = await withBackup();
    const headers = { range: "bytes=0-1,4-5" };
    const answer = await ask(from.app, { path: await from.ticket(), headers });
    expect([answer.status, answer.bytes.length]).toEqual([200, from.bytes.length]);
  });
});

describe("a download that is under way", () => {
  /** More than the buffers of a connection hold. */
  async function large() {
    const home = await homeOfTest();
    const repository = createFolderRepository(home);
    const { get } = repository;
    const ended = signalled(60_000);
    repository.get = async function* (...asked) {
      try {
        yield* get(...asked);
      } finally {
        if (reads++ > 0) ended.resolve();
      }
    };
    let reads = 0;
    const app = await createTestApp({ home, repository });
    await upload(app, await archiveBytes(app.context, "z".repeat(20 * 1024 * 1024)));
    const [backup] = await app.client.backups.list.query();
    const { url } = await app.client.backups.downloadTicket.mutate({ id: backup?.id ?? "" });
    const request = open(app, { path: url }).end();
    const [response] = (await once(request, "response")) as [http.IncomingMessage];
    return {
      app,
      request,
      response,
      ended: ended.promise,
      [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
    };
  }

  test("is read no faster than it is taken in, and not on when its reader goes", async () => {
    await using from = await large();
    let isOver = false;
    const over = from.ended.then(() => {
      isOver = true;
    });
    await settled();
    expect(isOver).toBe(false);
    from.request.destroy();
    await over;
    expect(from.app.logged.join("")).not.toContain("broke off");
  });

  test("is cut off when the file ends too early: nobody takes a part for the whole", async () => {
    await using from = await large();
    expect(from.app.faults.cutStreams("repository.get")).toBe(1);
    await expect(from.response.toArray()).rejects.toThrow(/aborted/);
    expect(from.app.logged.join("")).toContain("bytes shorter");
  });

  test("or was about to be, and cannot be read: the panel says so", async () => {
    await using from = await withBackup();
    from.app.faults.failNext("repository.get", new Error("the disk is gone"));
    const answer = await ask(from.app, { path: await from.ticket() });
    expectRefused(answer, 500, "INTERNAL");
    expect(answer.headers["content-disposition"]).toBeUndefined();
    expect(answer.bytes.toString()).not.toContain("the disk is gone");
    expect(from.app.logged.join("")).toContain("the disk is gone");
  });
});

describe("an upload", () => {
  test("is answered with the backup, and with the listed one when it comes again", async () => {
    await using app = await createTestApp();
    const bytes = await archiveBytes(app.context);
    const first = await upload(app, bytes);
    expect(first).toMatchObject({ status: 201, json: { size: bytes.length, createdBy: "upload" } });
    expect(await app.client.backups.list.query()).toEqual([first.json]);
    const again = await upload(app, bytes);
    expect(again).toMatchObject({ status: 200, json: first.json });
    expect(await filesOf(app)).toEqual([Backup.parse(first.json).filename]);
  });

  test("may be larger than any other request, and of a length that is not told", async () => {
    await using app = await createTestApp();
    const bytes = await archiveBytes(app.context, "y".repeat(20 * 1024 * 1024));
    expect(bytes.length).toBeGreaterThan(20 * 1024 * 1024);
    const request = open(app, { method: "POST", path: "/backups/upload", headers: octets });
    const answered = answerTo(request);
    for (let at = 0; at < bytes.length; at += 1_000_000)
      request.write(bytes.subarray(at, at + 1_000_000));
    request.end();
    expect(await answered).toMatchObject({ status: 201, json: { size: bytes.length } });
  });

  test("that breaks off leaves nothing", async () => {
    const home = await homeOfTest();
    const repository = createFolderRepository(home);
    const { draft } = repository;
    const [begun, ended] = [signalled(20_000), signalled(20_000)];
    await using app = await createTestApp({ home, repository });
    const bytes = await archiveBytes(app.context);
    repository.draft = async () => {
      const made = await draft();
      begun.resolve();
      return {
        ...made,
        async [Symbol.asyncDispose]() {
          await made[Symbol.asyncDispose]();
          ended.resolve();
        },
      };
    };
    const headers = { ...octets, "content-length": String(bytes.length) };
    const request = open(app, { method: "POST", path: "/backups/upload", headers });
    request.on("error", () => {});
    request.write(bytes.subarray(0, 200));
    await begun.promise;
    request.destroy();
    await ended.promise;
    expect(await app.client.backups.list.query()).toEqual([]);
    expect(await filesOf(app)).toEqual([]);
    expect(app.logged.join("")).not.toContain("a request failed");
  });

  test("that is cut off, changed or something else is refused", async () => {
    await using app = await createTestApp();
    const bytes = await archiveBytes(app.context);
    const flipped = Buffer.from(bytes);
    flipped[300] = (flipped[300] ?? 0) ^ 4;
    for (const wrong of [bytes.subarray(0, -10), flipped, Buffer.from("PK"), Buffer.alloc(0)])
      expectRefused(await upload(app, wrong), 400, "ARCHIVE_INVALID");
    expect(await filesOf(app)).toEqual([]);
    expect(await app.client.backups.list.query()).toEqual([]);
  });

  test("that the disk cannot hold is refused at once, while it is still being sent", async () => {
    await using app = await createTestApp();
    const headers = { ...octets, "content-length": String(10 ** 15) };
    const request = open(app, { method: "POST", path: "/backups/upload", headers });
    request.on("error", () => {});
    request.write(Buffer.alloc(100_000));
    const answer = await answerTo(request);
    expectRefused(answer, 500, "DISK_FULL");
    const message = expect.stringContaining(String(10 ** 15));
    expect(answer.json).toMatchObject({ error: { message } });
    request.destroy();
  });

  test.each([
    "application/json",
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/x-tar",
  ])("is no %s, which a form could send", async (type) => {
    await using app = await createTestApp();
    const bytes = await archiveBytes(app.context);
    expectRefused(await upload(app, bytes, { "content-type": type }), 415, "INVALID_INPUT");
    expect(await filesOf(app)).toEqual([]);
  });

  test.each([
    ["another site", { origin: "http://evil.example" }],
    ["an instance on this machine", { origin: "http://127.0.0.1:18789" }],
    ["a sandboxed frame", { origin: "null" }],
    ["a page that names no origin", { "sec-fetch-site": "cross-site" }],
    ["a foreign name of this machine", { host: "evil.example" }],
  ])("by %s is refused", async (_, headers) => {
    await using app = await createTestApp();
    const bytes = await archiveBytes(app.context);
    expectRefused(await upload(app, bytes, headers), 403, "INVALID_INPUT");
    expect(await filesOf(app)).toEqual([]);
  });

  test("has a type, or none of it is read", async () => {
    await using app = await createTestApp();
    const bytes = await archiveBytes(app.context);
    const answer = await ask(app, { method: "POST", path: "/backups/upload", body: bytes });
    expectRefused(answer, 415, "INVALID_INPUT");
  });

  test("may take as long as it takes", async () => {
    await using app = await createTestApp();
    const { requestTimeout, timeout } = app.server.server;
    expect([requestTimeout, timeout]).toEqual([0, 0]);
  });

  test("by the panel's own page is taken", async () => {
    await using app = await createTestApp();
    const bytes = await archiveBytes(app.context);
    const origin = { origin: app.url, "sec-fetch-site": "same-origin" };
    expect((await upload(app, bytes, origin)).status).toBe(201);
  });

  test("is taken under its own path only", async () => {
    await using app = await createTestApp();
    const answer = await ask(app, {
      method: "POST",
      path: "/trpc/instances.create",
      headers: octets,
      body: Buffer.from("{}"),
    });
    expectRefused(answer, 415, "INVALID_INPUT");
    expect((await ask(app, { path: "/backups/upload" })).status).toBe(404);
  });
});
