import { expect, test } from "vitest";
import { anInstance } from "../testing/fixtures.ts";
import { startOrStop } from "./instance-actions.tsx";

const failed = (code: "CRASH_LOOP" | "NOT_ANSWERING" | "EXITED" | "START_FAILED") =>
  anInstance({ status: "error", statusDetail: { code, exitCode: 78, lines: [] } });

test("what is started again and again can be stopped; what has ended can be started", () => {
  const shown = (instance: ReturnType<typeof anInstance>) => startOrStop(instance, undefined);
  expect([shown(failed("CRASH_LOOP")), shown(failed("NOT_ANSWERING"))]).toEqual(["stop", "stop"]);
  expect([shown(failed("EXITED")), shown(failed("START_FAILED"))]).toEqual(["start", "start"]);
  expect(shown(anInstance({ status: "starting" }))).toBe("stop");
  expect(shown(anInstance({ status: "created" }))).toBe("start");
});

test("what was asked for stays in its place until it is answered", () => {
  expect(startOrStop(anInstance({ status: "stopped" }), "stop")).toBe("stop");
  expect(startOrStop(anInstance({ status: "running" }), "start")).toBe("start");
});
