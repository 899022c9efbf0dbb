import { describe, expect, test } from "vitest";
import { timestamp } from "../host.ts";
import { createNodeHost, folderOwner, IMAGE_USER } from "./node-host.ts";

const host = createNodeHost({ templates: "/templates" });
const root = process.getuid?.() === 0;

describe("a program", () => {
  const run = (script: string, signal = new AbortController().signal) => {
    const lines: string[] = [];
    const command = [process.execPath, "-e", script];
    return { lines, done: host.run(command, { signal, onLine: (line) => lines.push(line) }) };
  };

  test("hands out its lines and its exit code", async () => {
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
      signal: new AbortController().signal,
      onLine: (line) => lines.push(line),
    });
    expect(JSON.parse(lines[0] ?? "")).toEqual(odd);
  });

  test("ends when it is asked to", async () => {
    const leaving = new AbortController();
    const { lines, done } = run(`console.log("up"); setInterval(() => {}, 1000)`, leaving.signal);
    done.catch(() => undefined);
    await expect.poll(() => lines).toEqual(["up"]);
    leaving.abort();
    await expect(done).rejects.toThrow();
  });

  test("that does not exist rejects", async () => {
    const command = ["/nowhere/at/all"];
    const options = { signal: new AbortController().signal, onLine: () => {} };
    await expect(host.run(command, options)).rejects.toThrow(/ENOENT/);
  });

  test("that was killed did not succeed", async () => {
    expect(await run(`process.kill(process.pid, "SIGKILL")`).done).toEqual({ exitCode: 1 });
  });
});

test("random text is of the length that was asked for, and never the same", () => {
  const made = new Set(Array.from({ length: 100 }, () => host.randomHex(32)));
  expect(made.size).toBe(100);
  for (const each of made) expect(each).toMatch(/^[0-9a-f]{64}$/);
});

test("the load of the machine is told", () => {
  const { cpus, loadAverage, memoryTotal, memoryFree } = host.load();
  expect(cpus).toBeGreaterThan(0);
  expect(loadAverage).toBeGreaterThanOrEqual(0);
  expect(memoryTotal).toBeGreaterThan(memoryFree);
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

describe("sleep", () => {
  const never = new AbortController().signal;

  test("takes its time", async () => {
    const before = performance.now();
    await host.sleep(20, never);
    expect(performance.now() - before).toBeGreaterThan(15);
  });

  test("ends at once, without an error, when it is aborted", async () => {
    const ends = new AbortController();
    const sleeping = host.sleep(600_000, ends.signal);
    ends.abort();
    await sleeping;
    await host.sleep(600_000, ends.signal);
  });
});
