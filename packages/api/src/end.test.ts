import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";

/** A process that is asked to end, and does `then` with 300 ms for it. */
async function asked(then: string) {
  const module = path.join(import.meta.dirname, "end.ts");
  const script = `
    import { whenAskedToEnd } from ${JSON.stringify(pathToFileURL(module).href)};
    const asked = whenAskedToEnd({ write() {} }, 300);
    setInterval(() => {}, 1_000);
    console.log("up");
    await asked;
    ${then}
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  child.kill("SIGTERM");
  return once(child, "exit", { signal: AbortSignal.timeout(10_000) });
}

test("a panel that is asked to end ends in order", async () => {
  expect(await asked("process.exit(0)")).toEqual([0, null]);
});

test("a panel whose parts do not end is ended all the same", async () => {
  expect(await asked("await new Promise(() => {})")).toEqual([null, "SIGKILL"]);
});
