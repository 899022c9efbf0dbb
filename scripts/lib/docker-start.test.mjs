import assert from "node:assert/strict";
import test from "node:test";
import { daemonEnvironment, waitUntilAnswers } from "./docker-start.mjs";

const never = () => undefined;

test("waits until the engine answers", async () => {
  const answers = ["ENOENT", "ECONNREFUSED", undefined];
  await waitUntilAnswers({ problem: async () => answers.shift(), gaveUp: never });
  assert.equal(answers.length, 0);
});

test("ends early when dockerd has ended, and says why", async () => {
  const wait = waitUntilAnswers({
    problem: async () => "ENOENT",
    gaveUp: () => "dockerd ended (exit code 1)",
  });
  await assert.rejects(wait, { name: "Sentence", message: /exit code 1/ });
});

test("gives up at the deadline with the last reason", async () => {
  const wait = waitUntilAnswers({ problem: async () => "ENOENT", gaveUp: never, deadlineMs: 0 });
  await assert.rejects(wait, { message: /ENOENT/ });
});

test("a daemon outlives the folder for our temporary files: it is not told of it", () => {
  const env = {
    PATH: "/bin",
    TMPDIR: "/gone",
    TEMP: "/gone",
    TMP: "/gone",
    DOCKER_TMPDIR: "/gone",
  };
  assert.deepEqual(daemonEnvironment(env), { PATH: "/bin" });
});
