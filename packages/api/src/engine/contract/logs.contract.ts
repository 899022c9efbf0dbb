import type { InstanceId } from "@claw/core/instance";
import { advance, LOG_START, type LogCursor, type LogLine } from "@claw/core/log-cursor";
import { LINE_LIMIT_BYTES } from "@claw/core/log-size";
import { describe, expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import type { LogQuery } from "../engine.ts";
import type { EngineRig } from "./engine-rig.contract.ts";

/** Logs: in order, each line once, across every interruption. */
export function describeLogs(rig: EngineRig): void {
  const { started, now, seen, query } = rig;

  describe("logs", () => {
    const texts = (lines: readonly LogLine[]) => lines.map((line) => line.text);
    const readAll = async (id: InstanceId, options: Partial<LogQuery> = {}) => {
      const lines: LogLine[] = [];
      for await (const batch of rig.engine.logs(id, query(options))) lines.push(...batch);
      return lines;
    };

    test("hands out the last lines, with stamps of nine decimals", async () => {
      await started("log-tail", "{ /* STUB_LOG_BURST:20 */ }");
      await seen("log-tail", (each) => each?.health === "healthy");
      const lines = await readAll("log-tail", { tail: 1_000 });
      const burst = texts(lines).filter((text) => text.startsWith("burst "));
      expect(burst).toEqual(Array.from({ length: 20 }, (_, i) => `burst ${i + 1}`));
      for (const line of lines) {
        expect(line.ts).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
        expect(line.stream).toBe("stdout");
      }
      expect(await readAll("log-tail", { tail: 3 })).toEqual(lines.slice(-3));
      expect(await readAll("log-tail", { tail: 0 })).toEqual([]);
    });

    test("hands out the last lines before a stamp", async () => {
      await started("log-older", "{ /* STUB_LOG_BURST:2000 */ }");
      await seen("log-older", (each) => each?.health === "healthy");
      const lines = await readAll("log-older", { after: LOG_START });
      const at = lines.findIndex((line) => line.text === "burst 1500");
      const before = lines[at]?.ts ?? "";
      const older = lines.filter((line) => line.ts < before);
      expect(await readAll("log-older", { before, tail: 700 })).toEqual(older.slice(-700));
      expect(await readAll("log-older", { before, tail: 9_000 })).toEqual(older);
      expect(await readAll("log-older", { before: lines[0]?.ts ?? "", tail: 10 })).toEqual([]);
    });

    test("cuts a line that is too long, says so, and goes on behind it", async () => {
      await started("log-long");
      await rig.harness.write("log-long", "stderr", "x".repeat(LINE_LIMIT_BYTES + 20_000));
      await rig.harness.write("log-long", "stderr", "behind");
      const [long, behind] = (await readAll("log-long", { after: LOG_START })).filter(
        ({ stream }) => stream === "stderr",
      );
      expect(long?.text).toBe(
        `${"x".repeat(LINE_LIMIT_BYTES)}… [cut: ${LINE_LIMIT_BYTES + 20_000} bytes]`,
      );
      expect(behind?.text).toBe("behind");
    });

    test("hands out at most 500 lines at a time, in order", async () => {
      await started("log-burst", "{ /* STUB_LOG_BURST:3000 */ }");
      await seen("log-burst", (each) => each?.health === "healthy");
      const sizes: number[] = [];
      const lines: LogLine[] = [];
      for await (const batch of rig.engine.logs("log-burst", query({ after: LOG_START }))) {
        sizes.push(batch.length);
        lines.push(...batch);
      }
      expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
      const burst = texts(lines).filter((text) => text.startsWith("burst "));
      expect(burst).toEqual(Array.from({ length: 3_000 }, (_, i) => `burst ${i + 1}`));
    });

    test("follows both streams until the container ends", async () => {
      await started("log-follow");
      await seen("log-follow", (each) => each?.health === "healthy");
      const lines: LogLine[] = [];
      let asked = false;
      let stopped = false;
      for await (const batch of rig.engine.logs("log-follow", query({ follow: true }))) {
        lines.push(...batch);
        if (!asked) {
          asked = true;
          await rig.harness.write("log-follow", "stdout", "to stdout: 中文 😀");
          await rig.harness.write("log-follow", "stderr", "to stderr");
        }
        const both = ["stdout", "stderr"].every((stream) =>
          lines.some((line) => line.stream === stream && line.text.startsWith("to ")),
        );
        if (!both || stopped) continue;
        stopped = true;
        await rig.engine.stop("log-follow");
      }
      expect(lines).toContainEqual({
        ts: expect.any(String),
        stream: "stdout",
        text: "to stdout: 中文 😀",
      });
      expect(lines).toContainEqual({
        ts: expect.any(String),
        stream: "stderr",
        text: "to stderr",
      });
      expect(texts(lines).join("\n")).toContain("received SIGTERM");
      expect(await readAll("log-follow", { tail: 1_000, follow: true })).toEqual(lines);
    });

    test("resumes after a cursor: every line once, over many interruptions", async () => {
      await started("log-resume", "{ /* STUB_LOG_RATE:400 STUB_LOG_BURST:300 */ }");
      const lines: LogLine[] = [];
      let cursor: LogCursor = LOG_START;
      for (let cut = 0; cut < 15; cut++) {
        const stop = new AbortController();
        const goal = lines.length + 60;
        const options = query({ after: cursor, follow: true, signal: stop.signal });
        for await (const batch of rig.engine.logs("log-resume", options)) {
          lines.push(...batch);
          cursor = advance(cursor, batch);
          if (cut % 3 === 1) await rig.harness.write("log-resume", "stderr", `err ${cut}`);
          if (lines.length >= goal) stop.abort();
        }
      }
      await rig.engine.stop("log-resume");
      lines.push(...(await readAll("log-resume", { after: cursor })));
      const all = await readAll("log-resume", { after: LOG_START });
      for (const stream of ["stdout", "stderr"])
        expect(lines.filter((line) => line.stream === stream)).toEqual(
          all.filter((line) => line.stream === stream),
        );
      const rates = texts(lines).filter((text) => text.startsWith("rate "));
      expect(rates.length).toBeGreaterThan(400);
      expect(rates).toEqual(rates.map((_, i) => `rate ${i + 1}`));
      expect(await readAll("log-resume", { after: advance(LOG_START, all) })).toEqual([]);
    });

    test("waits for a slow reader and loses nothing", async () => {
      await started("log-slow", "{ /* STUB_LOG_BURST:20000 */ }");
      await seen("log-slow", (each) => each?.health === "healthy");
      const burst = (lines: readonly LogLine[]) =>
        texts(lines).filter((text) => text.startsWith("burst ")).length;
      let count = 0;
      const pauses = [0, 10_000];
      for await (const batch of rig.engine.logs("log-slow", query({ after: LOG_START }))) {
        if (count >= (pauses[0] ?? Number.POSITIVE_INFINITY)) {
          pauses.shift();
          // It waits while another reader, whom this does not slow, reads everything.
          expect(burst(await readAll("log-slow", { after: LOG_START }))).toBe(20_000);
        }
        count += burst(batch);
      }
      expect(count).toBe(20_000);
    });

    test("ends when it is aborted, before and during", async () => {
      await started("log-abort");
      expect(await readAll("log-abort", { follow: true, signal: AbortSignal.abort() })).toEqual([]);
      const stop = new AbortController();
      for await (const batch of rig.engine.logs(
        "log-abort",
        query({ tail: 5, follow: true, signal: stop.signal }),
      )) {
        expect(batch.length).toBeGreaterThan(0);
        stop.abort();
      }
      expect(await now("log-abort")).toMatchObject({ state: "running" });
    });

    test("rejects with ENGINE_UNREACHABLE when the connection breaks, and resumes", async () => {
      await started("log-cut", "{ /* STUB_LOG_RATE:100 */ }");
      const lines: LogLine[] = [];
      let cursor: LogCursor = LOG_START;
      const follow = async () => {
        for await (const batch of rig.engine.logs(
          "log-cut",
          query({ after: cursor, follow: true }),
        )) {
          lines.push(...batch);
          cursor = advance(cursor, batch);
          if (lines.length > 20) await rig.harness.cut();
        }
      };
      await rejects(follow(), "ENGINE_UNREACHABLE");
      await rejects(follow(), "ENGINE_UNREACHABLE");
      await rig.harness.mend();
      await rig.engine.stop("log-cut");
      lines.push(...(await readAll("log-cut", { after: cursor })));
      expect(lines).toEqual(await readAll("log-cut", { after: LOG_START }));
    });

    test("rejects with INSTANCE_NOT_FOUND when there is no container", async () => {
      await rejects(readAll("log-none"), "INSTANCE_NOT_FOUND");
    });
  });
}
