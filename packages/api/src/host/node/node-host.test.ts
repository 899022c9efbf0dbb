import { describe, expect, test } from "vitest";
import { describeHost } from "../host.contract.ts";
import { timestamp } from "../host.ts";
import { createNodeHost, folderOwner, IMAGE_USER } from "./node-host.ts";

const host = createNodeHost({ templates: "/templates" });
const root = process.getuid?.() === 0;

const signal = new AbortController().signal;
const withinMs = 600_000;

describeHost("node", () => ({
  host,
  pass: (ms) => host.sleep(ms, signal),
  command({ lines, exitCode }) {
    const script = `
      for (const line of ${JSON.stringify(lines)}) console.log(line);
      ${exitCode === null ? "setInterval(() => {}, 1000)" : `process.exitCode = ${exitCode}`}
    `;
    return [process.execPath, "-e", script];
  },
}));

describe("a program", () => {
  const run = (script: string) => {
    const lines: string[] = [];
    const command = [process.execPath, "-e", script];
    return {
      lines,
      done: host.run(command, { signal, withinMs, onLine: (line) => lines.push(line) }),
    };
  };

  test("hands out the lines of both its outputs and its exit code", async () => {
    const { lines, done } = run(
      `console.log("一\\ntwo"); console.error("three"); process.exitCode = 7`,
    );
    expect(await done).toEqual({ exitCode: 7 });
    expect(lines.sort()).toEqual(["three", "two", "一"]);
  });

  test("hands out all lines, also the last one without an end", async () => {
    const { lines, done } = run(
      `for (let n = 0; n < 20000; n++) console.log(n); process.stdout.write("end")`,
    );
    expect(await done).toEqual({ exitCode: 0 });
    expect(lines).toHaveLength(20_001);
    expect(lines.at(-1)).toBe("end");
  });

  test("gets arguments as they are, and no shell sees them", async () => {
    const lines: string[] = [];
    const odd = ["a b", "$HOME", "; exit 3", "'\"", ""];
    const command = [process.execPath, "-e", "console.log(JSON.stringify(process.argv.slice(1)))"];
    await host.run([...command, ...odd], {
      signal,
      withinMs,
      onLine: (line) => lines.push(line),
    });
    expect(JSON.parse(lines[0] ?? "")).toEqual(odd);
  });

  test("that does not exist rejects", async () => {
    const command = ["/nowhere/at/all"];
    const options = { signal, withinMs, onLine: () => {} };
    await expect(host.run(command, options)).rejects.toThrow(/ENOENT/);
  });

  test("that was killed did not succeed", async () => {
    expect(await run(`process.kill(process.pid, "SIGKILL")`).done).toEqual({ exitCode: 1 });
  });
});

test("time is written in UTC", () => {
  expect(timestamp({ now: () => 0 })).toBe("1970-01-01T00:00:00.000Z");
});

test.runIf(process.platform === "linux")(
  "containers share files with whoever runs the panel",
  () => {
    const ids = `${process.getuid?.()}:${process.getgid?.()}`;
    expect(host.containerUser).toBe(root ? null : ids);
    expect(folderOwner()).toEqual(root ? IMAGE_USER : null);
  },
);
