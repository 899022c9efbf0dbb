import { STARTING_LIMIT_MS } from "@claw/core/status";
import { expect, test } from "vitest";
import { formatTime } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { anInstance } from "../testing/fixtures.ts";
import { complaintIn, remedyTab, statusSentence } from "./status-words.ts";

const failed = (
  code: "CRASH_LOOP" | "EXITED" | "START_FAILED" | "CONTAINER_MISSING",
  exitCode: number | null,
  lines: string[] = [],
) =>
  anInstance({
    status: "error",
    statusReason: "Port 18789 is taken.",
    statusDetail: { code, exitCode, lines },
  });

test("tells the exit code in words", () => {
  expect(statusSentence(failed("CRASH_LOOP", 78))).toContain("invalid configuration");
  expect(statusSentence(failed("EXITED", 137))).toContain("killed");
  expect(statusSentence(failed("EXITED", 99))).toContain("program error");
  expect(statusSentence(failed("CRASH_LOOP", null))).toBe("Crash loop: exits and restarts.");
});

test("keeps the panel's own words where only they tell the cause", () => {
  expect(statusSentence(failed("START_FAILED", null))).toContain("Port 18789 is taken.");
  expect(statusSentence(anInstance())).toBeNull();
});

test("a start that the panel tries again says when", () => {
  const at = "2026-11-29T19:04:05.000Z";
  const { statusDetail } = failed("START_FAILED", null);
  const instance = anInstance({
    status: "error",
    statusReason: "Port 1 is taken. The panel retries automatically, next at 19:04:05 UTC.",
    statusDetail: statusDetail && { ...statusDetail, retry: { at, reason: "Port 1 is taken." } },
  });
  expect(statusSentence(instance)).toBe(
    `Failed to start. Port 1 is taken. The panel retries automatically, next at ${formatTime(at)}.`,
  );
});

test("leads to where the cause is mended", () => {
  expect(remedyTab(failed("CRASH_LOOP", 78))).toBe("config");
  expect(remedyTab(failed("EXITED", 1, ["boom"]))).toBe("logs");
  expect(remedyTab(failed("CONTAINER_MISSING", null))).toBe("overview");
});

test("what the gateway says is told where its end is the error, not where Docker refused", () => {
  const lines = ["loading", "Refusing to bind gateway to lan without auth."];
  expect(complaintIn(failed("CRASH_LOOP", 78, lines))).toBe(lines[1]);
  expect(complaintIn(failed("START_FAILED", null, lines))).toBeNull();
  expect(complaintIn(anInstance())).toBeNull();
});

test("tells for how long it has been starting or busy", () => {
  const shown = (code: "SLOW_START" | "BUSY" | "SILENT", minutes?: number) =>
    statusSentence(
      anInstance({
        statusDetail: {
          code,
          exitCode: null,
          lines: [],
          ...(minutes !== undefined && { minutes }),
        },
      }),
    );
  expect(shown("SLOW_START", 3)).toBe(
    `Starting for 3 min; allowed ${STARTING_LIMIT_MS / 60_000} min.`,
  );
  expect(t("why.slowStart", { minutes: "3", limit: "7" })).toMatch(/allowed 7 min/);
  expect(shown("BUSY", 2)).toBe("Busy: no response for 2 min.");
  expect(shown("BUSY", 0)).toBe("Busy: it responds slowly.");
  expect(shown("SILENT", 2)).toMatch(/^Not responding for 2 min,.*restart it\.$/);
  expect(shown("SILENT", 0)).toMatch(/^Not responding,.*restart it\.$/);
});
