import type { LogLine } from "@claw/core/log-cursor";
import { createRoot } from "solid-js";
import { expect, test, vi } from "vitest";
import { createFakeApi, panelError } from "../testing/fake-api.ts";
import { createLogDownload } from "./create-log-download.ts";

const line = (number: number): LogLine => ({
  ts: `2026-11-22T08:00:00.${String(number).padStart(9, "0")}Z`,
  stream: "stdout",
  text: `line ${number}`,
});
const log = Array.from({ length: 12_000 }, (_, index) => line(index));

/** Answers as the panel does. */
function olderLogs(input: { before: string; limit: number }) {
  return { lines: log.filter(({ ts }) => ts < input.before).slice(-input.limit) };
}

function setUp(answer: (input: { before: string; limit: number }) => unknown = olderLogs) {
  const fake = createFakeApi({ "instances.olderLogs": answer as (input: never) => unknown });
  const save = vi.fn<(file: Blob, name: string) => void>();
  const onError = vi.fn<(error: unknown) => void>();
  const { download, dispose } = createRoot((dispose) => ({
    download: createLogDownload(fake.api, "zhangsan", { save, onError }),
    dispose,
  }));
  return { fake, save, onError, download, dispose };
}

test("reads the whole log, each line once and in order", async () => {
  const { save, download, dispose } = setUp();
  const done = download.start();
  expect(download.lines()).toBe(0);
  await done;
  const [file, name] = save.mock.calls[0] ?? [];
  expect(name).toMatch(/^zhangsan-\d{8}-\d{6}\.txt$/);
  expect(file?.size).toBe(
    log.reduce((size, { ts, text }) => size + ts.length + text.length + 2, 0),
  );
  expect(download.lines()).toBeUndefined();
  dispose();
});

test("stops when told to, and saves nothing", async () => {
  const { fake, save, download, dispose } = setUp();
  const done = download.start();
  download.cancel();
  await done;
  expect(save).not.toHaveBeenCalled();
  expect(fake.calls).toHaveLength(1);
  dispose();
});

test("says when it did not work", async () => {
  const { save, onError, download, dispose } = setUp(() => {
    throw panelError("ENGINE_UNREACHABLE", "away");
  });
  await download.start();
  expect([save.mock.calls.length, onError.mock.calls.length]).toEqual([0, 1]);
  dispose();
});
