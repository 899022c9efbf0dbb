import { afterEach, expect, test, vi } from "vitest";
import { failureOf } from "./api-error.ts";
import { createUpload } from "./upload.ts";

/** A hand-driven XMLHttpRequest. */
class FakeRequest {
  static last: FakeRequest;
  readonly headers: Record<string, string> = {};
  readonly upload: { onprogress?: (event: { loaded: number }) => void } = {};
  opened = "";
  sent: unknown;
  status = 0;
  responseText = "";
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  onloadend?: () => void;
  constructor() {
    FakeRequest.last = this;
  }
  open(method: string, url: string) {
    this.opened = `${method} ${url}`;
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  send(body: unknown) {
    this.sent = body;
  }
  abort() {
    this.onabort?.();
    this.onloadend?.();
  }
  answer(status: number, text: string) {
    Object.assign(this, { status, responseText: text });
    this.onload?.();
    this.onloadend?.();
  }
}

afterEach(() => vi.unstubAllGlobals());

function send(token: string | null = null) {
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  const file = new File(["0123456789"], "a.tar");
  const controller = new AbortController();
  const bytes: number[] = [];
  const done = createUpload("http://panel", () => token)(file, {
    key: "k".repeat(32),
    signal: controller.signal,
    onProgress: (count) => bytes.push(count),
  });
  return { file, controller, bytes, done, request: FakeRequest.last };
}

test("sends the file as it is, and tells how far it is", async () => {
  const { file, bytes, done, request } = send("secret");
  expect(request.opened).toBe("POST http://panel/backups/upload");
  expect(request.headers).toEqual({
    "content-type": "application/octet-stream",
    "x-upload-key": "k".repeat(32),
    authorization: "Bearer secret",
  });
  expect(request.sent).toBe(file);
  request.upload.onprogress?.({ loaded: 4 });
  expect(bytes).toEqual([4]);
  request.answer(201, '{"id":"b1"}');
  expect(await done).toEqual({ backup: { id: "b1" }, isNew: true });
});

test("a file that was known is told from a new one", async () => {
  const { done, request } = send();
  expect(request.headers.authorization).toBeUndefined();
  request.answer(200, '{"id":"b1"}');
  expect(await done).toMatchObject({ isNew: false });
});

test("a refusal is the panel's error; an answer that is none, and none at all, fail too", async () => {
  const refused = send();
  const error = { message: "No seal.", code: -32600, data: { reason: "ARCHIVE_INVALID" } };
  refused.request.answer(400, JSON.stringify({ error }));
  const thrown: unknown = await refused.done.catch((reason: unknown) => reason);
  expect([failureOf(thrown), String(thrown)]).toEqual([
    "ARCHIVE_INVALID",
    "TRPCClientError: No seal.",
  ]);
  const proxy = send();
  proxy.request.answer(502, "<html>");
  await expect(proxy.done).rejects.toThrow("cannot be read");
  const limited = send();
  limited.request.answer(413, "<html><h1>413 Request Entity Too Large</h1></html>");
  const tooMuch: unknown = await limited.done.catch((reason: unknown) => reason);
  expect(failureOf(tooMuch)).toBe("PROXY_LIMIT");
  const cut = send();
  cut.request.onerror?.();
  expect(failureOf(await cut.done.catch((reason: unknown) => reason))).toBe("CONNECTION");
});

test("a cancelled one ends with what the signal says", async () => {
  const { controller, done } = send();
  controller.abort(new Error("enough"));
  await expect(done).rejects.toThrow("enough");
});
