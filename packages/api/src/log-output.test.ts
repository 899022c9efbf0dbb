import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { canMount, TinyDisk } from "../tests/support/tiny-disk.ts";
import { createLog } from "./log.ts";
import { createLogOutput, fileSink, streamSink } from "./log-output.ts";

describe.runIf(canMount)("a log on a disk that is full", () => {
  test("drops lines, goes on, and says how many once it can be written again", async () => {
    await using disk = await TinyDisk.mount("256k");
    const file = path.join(disk.folder, "panel.log");
    const fd = openSync(file, "a");
    const log = createLog("info", createLogOutput(fileSink(fd)));
    log.info("before");
    await disk.fill();
    for (let n = 0; n < 500; n++) log.error(`${n} ${"x".repeat(200)}`);
    await disk.free();
    log.info("after");
    closeSync(fd);
    // A line cut short by the full disk is closed with a newline of its own.
    const whole = readFileSync(file, "utf8").trimEnd().split("\n");
    const lines = whole.filter((line) => line.endsWith("}")).map((line) => JSON.parse(line));
    expect(whole.length - lines.length).toBeLessThanOrEqual(1);
    const written = lines.filter(({ level }) => level === 50).length;
    expect(written).toBeLessThan(100);
    expect(lines[0].msg).toBe("before");
    expect(lines.at(-2)).toMatchObject({ level: 40, lostLines: 500 - written });
    expect(lines.at(-1).msg).toBe("after");
  });
});

describe("a log whose reader", () => {
  test("has stopped drops what is over a mebibyte, and says so as soon as it reads again", async () => {
    const stream = new PassThrough({ highWaterMark: 1_000 });
    const output = createLogOutput(streamSink(stream), () => 0);
    stream.on("drain", output.tellLost);
    const line = `${"x".repeat(99_999)}\n`;
    for (let n = 0; n < 50; n++) output.write(line);
    expect(stream.writableLength + stream.readableLength).toBeLessThan(1_200_000);
    let all = "";
    stream.on("data", (chunk) => {
      all += chunk;
    });
    await once(stream, "drain");
    output.write("after\n");
    stream.end();
    await once(stream, "end");
    const lines = all.trimEnd().split("\n");
    const whole = lines.filter((each) => each.startsWith("x")).length;
    expect(JSON.parse(lines.at(-2) ?? "")).toMatchObject({ level: 40, lostLines: 50 - whole });
    expect(lines.at(-1)).toBe("after");
  });

  test("has gone is no error", async () => {
    const stream = new PassThrough();
    const output = createLogOutput(streamSink(stream));
    stream.destroy(new Error("EPIPE"));
    await new Promise((resolve) => stream.on("close", resolve));
    output.write("to nobody\n");
  });
});

describe("the output of a process", () => {
  /** Writes three mebibytes to a pipe of 64 KiB, says so, and ends. */
  function chatter() {
    const module = path.join(import.meta.dirname, "log-output.ts");
    const script = `
      import { standardOutput } from ${JSON.stringify(pathToFileURL(module).href)};
      const output = standardOutput();
      for (let n = 0; n < 3_000; n++) output.write("x".repeat(1_023) + "\\n");
      setTimeout(() => {
        console.error("went on");
        process.exit(7);
      }, 50);
    `;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
    onTestFinished(() => void child.kill("SIGKILL"));
    const errors = text(child.stderr);
    const ended = once(child, "exit", { signal: AbortSignal.timeout(10_000) });
    return { child, end: async () => [(await ended)[0], await errors] };
  }

  test("goes on and ends although nobody reads its pipe", async () => {
    expect(await chatter().end()).toEqual([7, "went on\n"]);
  });

  test("goes on and ends although the reader of its pipe is gone", async () => {
    const { child, end } = chatter();
    child.stdout.destroy();
    expect(await end()).toEqual([7, "went on\n"]);
  });
});
