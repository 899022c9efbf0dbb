import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import type { ExecResult } from "../../engine/engine.ts";
import { createInstance } from "./create-instance.ts";
import { requireAccepted } from "./require-accepted.ts";

const VALID = '{"valid":true,"path":"/home/node/.openclaw/openclaw.json","warnings":[]}\n';
const DONE: ExecResult = { exitCode: 0, stdout: VALID, stderr: "" };
const CUT: ExecResult = { exitCode: 137, stdout: "", stderr: "" };

/** An instance whose OpenClaw answers with `reply`, by how often it has been asked. */
async function setUp(reply: (panel: TestPanel, times: number) => ExecResult) {
  const panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  const programs: (string | undefined)[] = [];
  panel.engine.exec = async (_id, [program]) => {
    programs.push(program);
    if (program !== "openclaw") return { ...DONE, stdout: "" };
    return reply(panel, programs.filter((each) => each === "openclaw").length);
  };
  const input = { id: "anna", readyWithinMs: 5_000 };
  const accepted = () => requireAccepted(panel.context, input, AbortSignal.timeout(10_000));
  return { programs, accepted, [Symbol.asyncDispose]: () => panel[Symbol.asyncDispose]() };
}

test("the command has said that it is valid, however it ended then", async () => {
  await using scene = await setUp(() => ({ ...CUT, stdout: VALID }));
  await scene.accepted();
  expect(scene.programs).toEqual(["openclaw"]);
});

test("the command is run again, once, when the container restarted beneath it", async () => {
  await using scene = await setUp((panel, times) => {
    if (times > 1) return DONE;
    panel.engine.killOutside("anna", 0, true);
    return { ...CUT, stdout: '{"valid":tr' };
  });
  await scene.accepted();
  expect(scene.programs).toEqual(["openclaw", "sh", "openclaw"]);
});

test("a command that is cut off each time says so, and nothing of the configuration", async () => {
  await using scene = await setUp((panel) => {
    panel.engine.killOutside("anna", 0, true);
    return CUT;
  });
  const { message } = await rejects(scene.accepted(), "COMMAND_FAILED");
  expect(message).toContain("was ended from outside (exit code 137)");
  expect(scene.programs).toEqual(["openclaw", "sh", "openclaw"]);
});

test("a command that something else ended is not run again", async () => {
  await using scene = await setUp(() => CUT);
  await rejects(scene.accepted(), "COMMAND_FAILED");
  expect(scene.programs).toEqual(["openclaw"]);
});

test("a word against it stands, though the container restarts", async () => {
  const issues = [{ path: "gateway.port", message: "must be a number" }];
  await using scene = await setUp((panel) => {
    panel.engine.killOutside("anna", 0, true);
    return { exitCode: 1, stdout: JSON.stringify({ valid: false, issues }), stderr: "" };
  });
  const error = await rejects(scene.accepted(), "CONFIG_INVALID");
  expect(error.issues).toMatchObject(issues);
  expect(scene.programs).toEqual(["openclaw"]);
});
