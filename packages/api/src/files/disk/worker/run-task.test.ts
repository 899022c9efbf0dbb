import { mkdir, stat, writeFile } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { DomainError } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import { NEVER, openArchivePlace, recordOf } from "../../../../tests/support/archive-place.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { runTask } from "./run-task.ts";

describe("a task in a thread of its own", () => {
  test("gives its result", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", { "data/a": "12345" });
    const { blocks } = await stat(place.at("anna", "data/a"));
    expect(await runTask("measure", { folder: place.at("anna") })).toEqual({
      bytes: 5,
      allocated: blocks * 512,
      files: 1,
    });
  });

  test("refuses as it would without a thread: reason and sentence", async () => {
    await using place = await openArchivePlace();
    await writeFile(place.backup("x.tar"), "x".repeat(5_000));
    const error = await rejects(
      runTask("inspect", { file: place.backup("x.tar") }),
      "ARCHIVE_INVALID",
    );
    expect(error).toBeInstanceOf(DomainError);
    expect(error.message).toContain("its end is missing");
  });

  test("says what the system refused, translated", async () => {
    await using place = await openArchivePlace();
    await mkdir(place.at("anna"));
    await writeFile(place.at("anna", "data"), "");
    const error = await rejects(runTask("measure", { folder: place.at("anna") }), "FILES_DENIED");
    expect(error.message).toContain("instances/anna/data is not a folder");
  });

  test("passes on what nobody expected, with where it happened", async () => {
    const error = await runTask("unpack", null as never).catch((thrown: Error) => thrown);
    expect(error).not.toBeInstanceOf(DomainError);
    expect((error as Error).stack).toContain("unpack-instance");
  });

  test("ends with the reason of who cancelled it", async () => {
    await using place = await openArchivePlace();
    const reason = new DomainError("CANCELLED", "The panel ends.");
    const abort = new AbortController();
    await place.provision("anna", { "data/a": "1" });
    const working = runTask("measure", { folder: place.at("anna") }, { signal: abort.signal });
    abort.abort(reason);
    await expect(working).rejects.toBe(reason);
    const late = runTask("measure", { folder: place.at("anna") }, { signal: abort.signal });
    await expect(late).rejects.toBe(reason);
  });

  test("leaves the panel's own thread free", async () => {
    await using place = await openArchivePlace();
    await mkdir(place.at(".copy-c-anna", "data"), { recursive: true });
    await writeFile(place.at(".copy-c-anna", "data", "big"), Buffer.alloc(100_000_000, "text"));
    const request = await place.requestFor([]);
    const instances = [{ record: recordOf("anna"), copy: "c" }];
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await place.write({ ...request, instances }, { signal: NEVER });
    delay.disable();
    // It answers at once at least half of the time, however busy the machine is.
    expect(delay.percentile(50) / 1e6).toBeLessThan(50);
  });
});
