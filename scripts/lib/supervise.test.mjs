import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import test from "node:test";
import { exitCodeOf, shouldForward, supervise } from "./supervise.mjs";

const script = (code) => ({ file: process.execPath, args: ["-e", code], options: {} });
const FOREVER = "setInterval(() => {}, 1000)";

test("Ctrl-C of a terminal has reached the child already; on Windows a console has", () => {
  assert.equal(shouldForward("SIGINT", { platform: "linux", isTerminal: true }), false);
  assert.equal(shouldForward("SIGINT", { platform: "linux", isTerminal: false }), true);
  assert.equal(shouldForward("SIGTERM", { platform: "linux", isTerminal: true }), true);
  assert.equal(shouldForward("SIGTERM", { platform: "win32", isTerminal: false }), false);
});

test("ending on request is success, a crash keeps its code", () => {
  assert.equal(exitCodeOf({ code: null, signal: "SIGTERM" }, true), 0);
  assert.equal(exitCodeOf({ code: 130, signal: null }, true), 0);
  assert.equal(exitCodeOf({ code: 3, signal: null }, true), 3);
  assert.equal(exitCodeOf({ code: 3, signal: null }, false), 3);
  assert.equal(exitCodeOf({ code: null, signal: "SIGKILL" }, false), 1);
});

test("the first child's end ends the others, and its code is the result", async () => {
  assert.equal(await supervise([script("process.exit(4)"), script(FOREVER)]), 4);
});

test("a child that cannot be started is an error, and the others end", async () => {
  await assert.rejects(supervise([{ file: "/no/such/program", args: [] }, script(FOREVER)]), {
    code: "ENOENT",
  });
});

test("a signal to the parent alone ends both with code 0", {
  skip: process.platform === "win32",
}, async () => {
  const module = new URL("./supervise.mjs", import.meta.url).href;
  const child =
    "process.on('SIGTERM', () => process.exit(0)); console.log('up'); setInterval(() => {}, 1000)";
  const parent = `
    const { supervise } = await import(${JSON.stringify(module)});
    const args = ["-e", ${JSON.stringify(child)}];
    process.exitCode = await supervise([{ file: process.execPath, args }]);`;
  const started = spawn(process.execPath, ["--input-type=module", "-e", parent], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(started.stdout, "data");
  started.kill("SIGTERM");
  started.kill("SIGTERM");
  assert.deepEqual(await once(started, "exit"), [0, null]);
});

test("under npm the children end when npm is gone", {
  skip: process.platform === "win32",
}, async () => {
  const module = new URL("./supervise.mjs", import.meta.url).href;
  const child =
    "console.log(process.pid); process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000)";
  const parent = `
    const { supervise } = await import(${JSON.stringify(module)});
    await supervise([{ file: process.execPath, args: ["-e", ${JSON.stringify(child)}] }]);`;
  const npm = `
    require("child_process").spawn(process.execPath, ["--input-type=module", "-e", ${JSON.stringify(parent)}], { stdio: "inherit" });
    setInterval(() => {}, 1000)`;
  const started = spawn(process.execPath, ["-e", npm], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, npm_lifecycle_event: "start" },
  });
  await once(started.stdout, "data");
  started.kill("SIGKILL");
  await once(started.stdout, "close"); // the last holder of the pipe has ended
});
