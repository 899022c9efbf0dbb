import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdir, stat } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import type { Backup } from "@claw/core/backup/backup";
import { describe, expect, test, vi } from "vitest";
import { archiveBytes } from "./support/archive-bytes.ts";
import { eventually } from "./support/deadline.ts";
import { PanelProcess } from "./support/panel-process.ts";
import { createTestApp, homeOfTest, type TestApp } from "./support/test-app.ts";
import { canMount, TinyDisk } from "./support/tiny-disk.ts";

// Every archive is read by a thread of its own, and there are dozens.
vi.setConfig({ testTimeout: 60_000 });

/** A panel with the archives that the administrator has. */
async function onDisk(home?: string): Promise<TestApp> {
  return createTestApp({ home: home ?? (await homeOfTest()), onDisk: true });
}

/** Of an upload by the administrator. */
const octets = ({ token }: { token: string }) => ({
  authorization: `Bearer ${token}`,
  "content-type": "application/octet-stream",
});

function upload(app: TestApp, body: Buffer): Promise<Response> {
  const headers = octets(app);
  return fetch(`${app.url}/backups/upload`, {
    method: "POST",
    headers,
    body: new Uint8Array(body),
  });
}

async function listed(app: TestApp, body: Buffer): Promise<Backup> {
  const answer = await upload(app, body);
  expect(answer.status).toBe(201);
  return (await answer.json()) as Backup;
}

async function addressOf(app: TestApp, { id }: Backup): Promise<string> {
  return app.url + (await app.client.backups.downloadTicket.mutate({ id })).url;
}

const filesOf = (home: string) => readdir(path.join(home, "backup"));

describe("a backup that goes from one machine to another", () => {
  test("is the same there, byte for byte, and readable by its owner only", async () => {
    await using here = await onDisk();
    await using there = await onDisk();
    const bytes = await archiveBytes(here.context, randomBytes(3_000_000));
    const first = await listed(here, bytes);
    const got = await fetch(await addressOf(here, first));
    expect(got.headers.get("content-length")).toBe(String(bytes.length));
    const brought = Buffer.from(await got.arrayBuffer());
    expect(brought.equals(bytes)).toBe(true);

    const second = await listed(there, brought);
    expect(second).toEqual({
      ...first,
      id: second.id,
      verifiedAt: second.verifiedAt,
      createdBy: "upload",
    });
    expect(second.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    const file = await stat(path.join(there.home, "backup", second.filename));
    expect(file.mode & 0o777).toBe(0o600);
    expect(await filesOf(there.home)).toEqual([second.filename]);
  });

  test("in pieces of any size is the same", async () => {
    await using app = await onDisk();
    const bytes = await archiveBytes(app.context, randomBytes(1_000_000));
    const backup = await listed(app, bytes);
    const address = await addressOf(app, backup);
    const pieces: Buffer[] = [];
    for (let start = 0, size = 1; start < bytes.length; start += size, size = size * 7 + 1) {
      const range = `bytes=${start}-${start + size - 1}`;
      const headers = { range, "if-range": `"${backup.sha256}"` };
      const answer = await fetch(address, { headers });
      expect(answer.status).toBe(206);
      pieces.push(Buffer.from(await answer.arrayBuffer()));
    }
    expect(pieces.length).toBeGreaterThan(5);
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
  });

  test("goes on where it was cut, again and again", async () => {
    await using app = await onDisk();
    const bytes = await archiveBytes(app.context, randomBytes(8_000_000));
    const backup = await listed(app, bytes);
    const address = await addressOf(app, backup);
    let got = Buffer.alloc(0);
    let cuts = 0;
    while (got.length < bytes.length) {
      const headers: Record<string, string> =
        got.length === 0 ? {} : { range: `bytes=${got.length}-`, "if-range": `"${backup.sha256}"` };
      const part = await partOf(address, headers, 2_000_000);
      if (part.length < bytes.length - got.length) cuts += 1;
      got = Buffer.concat([got, part]);
    }
    expect(cuts).toBeGreaterThan(2);
    expect(got.equals(bytes)).toBe(true);
  });
});

test("a sender sees how far its file is verified, under the key that it chose", async () => {
  await using app = await onDisk();
  const bytes = await archiveBytes(app.context, randomBytes(3_000_000));
  const key = "0123456789abcdef";
  const [started, seen] = [Promise.withResolvers<void>(), Promise.withResolvers<unknown>()];
  const watching = app.client.backups.watchUpload.subscribe(
    { key },
    { onStarted: () => started.resolve(), onData: seen.resolve, onError: seen.reject },
  );
  await started.promise;
  const answer = await fetch(`${app.url}/backups/upload`, {
    method: "POST",
    headers: { ...octets(app), "x-upload-key": key },
    body: new Uint8Array(bytes),
  });
  expect(answer.status).toBe(201);
  const check = (await seen.promise) as { bytes: number; totalBytes: number };
  watching.unsubscribe();
  expect(check.totalBytes).toBe(bytes.length);
  expect(check.bytes).toBeGreaterThan(0);
  expect(check.bytes).toBeLessThanOrEqual(bytes.length);
});

describe("an upload is refused, and nothing of it is left,", () => {
  test.each([1, 512, 5_000])("when it ends %d bytes too early", async (missing) => {
    await using app = await onDisk();
    const bytes = await archiveBytes(app.context, randomBytes(20_000));
    await refused(app, bytes.subarray(0, -missing));
  });

  test("when any of its bytes is not what it was", async () => {
    await using app = await onDisk();
    const bytes = await archiveBytes(app.context, randomBytes(20_000));
    for (let part = 0; part < 12; part++) {
      const flipped = Buffer.from(bytes);
      const at = Math.floor((bytes.length - 1) * (part / 11));
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (part % 8));
      await refused(app, flipped);
    }
  });

  test("when something is put to its end", async () => {
    await using app = await onDisk();
    const bytes = await archiveBytes(app.context, randomBytes(20_000));
    await refused(app, Buffer.concat([bytes, Buffer.alloc(512)]));
    await refused(app, Buffer.concat([bytes, bytes]));
  });

  test("when it is something else", async () => {
    await using app = await onDisk();
    for (const wrong of [Buffer.alloc(0), Buffer.alloc(100_000), randomBytes(100_000)])
      await refused(app, wrong);
  });

  test("when it breaks off", async () => {
    await using app = await onDisk();
    const bytes = await archiveBytes(app.context, randomBytes(3_000_000));
    const request = http.request(`${app.url}/backups/upload`, {
      method: "POST",
      headers: { ...octets(app), "content-length": bytes.length },
    });
    request.on("error", () => {});
    request.write(bytes.subarray(0, 2_000_000));
    await eventually(async () => expect(await filesOf(app.home)).toHaveLength(1));
    request.destroy();
    await eventually(async () => expect(await filesOf(app.home)).toEqual([]));
    expect(await app.client.backups.list.query()).toEqual([]);
  });

  test("when nothing more of it comes: the sender is told, and holds nothing any more", async () => {
    await using app = await onDisk();
    const bytes = await archiveBytes(app.context, randomBytes(20_000));
    const asleep = app.host.asleep;
    const request = http.request(`${app.url}/backups/upload`, {
      method: "POST",
      headers: { ...octets(app), "content-length": bytes.length },
    });
    request.on("error", () => {});
    request.write(bytes.subarray(0, 1));
    const answered = once(request, "response") as Promise<[http.IncomingMessage]>;
    await eventually(async () => expect(await filesOf(app.home)).toHaveLength(1));
    const passes = async () => {
      await eventually(() => expect(app.host.asleep).toBe(asleep + 1));
      app.host.advance(60_000);
    };
    await passes();
    await passes();
    const [answer] = await answered;
    expect(answer.statusCode).toBe(499);
    const { error } = JSON.parse(Buffer.concat(await answer.toArray()).toString());
    expect(error.data).toMatchObject({ reason: "CANCELLED" });
    expect(error.message).toMatch(/^Nothing more of the file came for 60 seconds/);
    expect(await filesOf(app.home)).toEqual([]);
    expect(await app.client.backups.list.query()).toEqual([]);
    expect(app.host.asleep).toBe(asleep);
    request.destroy();
  });

  test.runIf(canMount)("when the disk is full before its end", async () => {
    await using disk = await TinyDisk.mount("8m");
    await using app = await onDisk(disk.folder);
    const bytes = await archiveBytes(app.context, randomBytes(2_000_000));
    await disk.fill();
    // Its length is not told, so that only the disk can say it.
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(bytes));
        controller.close();
      },
    });
    const headers = octets(app);
    const answer = await fetch(`${app.url}/backups/upload`, {
      method: "POST",
      headers,
      body,
      duplex: "half",
    } as RequestInit);
    const { error } = (await answer.json()) as { error: { data: unknown } };
    expect(error.data).toMatchObject({ reason: "DISK_FULL" });
    expect(await filesOf(disk.folder)).toEqual([]);
    await disk.free();
    await listed(app, bytes);
  });

  async function refused(app: TestApp, body: Buffer): Promise<void> {
    const answer = await upload(app, body);
    expect(answer.status).toBe(400);
    const { error } = (await answer.json()) as { error: { message: string; data: unknown } };
    expect(error.data).toMatchObject({ reason: "ARCHIVE_INVALID" });
    expect(error.message).toMatch(/^[A-Z].*\.$/s);
    expect(await filesOf(app.home)).toEqual([]);
    expect(await app.client.backups.list.query()).toEqual([]);
  }
});

test("a panel that is killed while a backup comes in has nothing of it at its next start", async () => {
  const home = await homeOfTest();
  const env = { CLAW_HOME: home, CLAW_ENGINE: "memory" };
  {
    await using panel = await PanelProcess.start(env);
    const request = http.request(`${panel.url}/backups/upload`, {
      method: "POST",
      headers: octets(panel),
    });
    request.on("error", () => {});
    request.write(randomBytes(1_000_000));
    await eventually(async () => expect(await filesOf(home)).toHaveLength(1));
    await panel.kill();
  }
  expect(await filesOf(home)).toHaveLength(1);
  await using panel = await PanelProcess.start(env);
  expect(await filesOf(home)).toEqual([]);
  expect(await panel.client.backups.list.query()).toEqual([]);
});

/** Receives about `limit` bytes, then cuts the connection. */
async function partOf(
  address: string,
  headers: Record<string, string>,
  limit: number,
): Promise<Buffer> {
  const request = http.get(address, { headers, agent: false });
  request.on("error", () => {});
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  expect(response.statusCode).toBe(headers.range === undefined ? 200 : 206);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= limit) break;
  }
  request.destroy();
  return Buffer.concat(chunks);
}
