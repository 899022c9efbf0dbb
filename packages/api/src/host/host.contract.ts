import { describe, expect, test } from "vitest";
import { type Host, timestamp } from "./host.ts";

/** A program that writes the lines and ends with the exit code; with `null` it never ends. */
export interface Program {
  lines: readonly string[];
  exitCode: number | null;
}

/** Test hooks that the contract suite needs for each driver. */
export interface HostHarness {
  host: Host;
  /** Lets `ms` pass on the host's clock. */
  pass(ms: number): Promise<void>;
  /** A command that runs such a program. */
  command(program: Program): readonly string[];
}

const never = new AbortController().signal;
const withinMs = 600_000;

/** The contract of `Host`, as tests that every driver must pass. */
export function describeHost(name: string, makeHarness: () => HostHarness): void {
  describe(`${name} host: the clock`, () => {
    test("counts milliseconds since the epoch, which the store writes in UTC", () => {
      const { host } = makeHarness();
      const before = host.now();
      expect(before).toBeGreaterThan(Date.parse("2026-01-01T00:00:00.000Z"));
      expect(Date.parse(timestamp(host))).toBeGreaterThanOrEqual(Math.floor(before));
    });

    test("passes while somebody sleeps, and wakes them in the order of their times", async () => {
      const { host, pass } = makeHarness();
      const woken: string[] = [];
      const before = host.now();
      const long = host.sleep(200, never).then(() => woken.push("long"));
      const short = host.sleep(20, never).then(() => woken.push("short"));
      await pass(20);
      await short;
      expect(woken).toEqual(["short"]);
      await pass(180);
      await long;
      expect(woken).toEqual(["short", "long"]);
      expect(host.now() - before).toBeGreaterThanOrEqual(150);
    });

    test("keeps nobody asleep who is asked to wake, and says nothing of it", async () => {
      const { host } = makeHarness();
      const ends = new AbortController();
      const sleeping = host.sleep(600_000, ends.signal);
      const other = host.sleep(600_000, AbortSignal.any([never, ends.signal]));
      ends.abort();
      await expect(Promise.all([sleeping, other])).resolves.toEqual([undefined, undefined]);
      await expect(host.sleep(600_000, ends.signal)).resolves.toBeUndefined();
    });
  });

  describe(`${name} host: the machine`, () => {
    test("gives random text of the length that was asked for, never the same", () => {
      const { host } = makeHarness();
      const made = new Set(Array.from({ length: 100 }, () => host.randomHex(32)));
      expect(made.size).toBe(100);
      for (const each of made) expect(each).toMatch(/^[0-9a-f]{64}$/);
    });

    test("tells its load", () => {
      const { cpus, loadAverage, memoryTotal, memoryFree } = makeHarness().host.load();
      expect(Number.isInteger(cpus)).toBe(true);
      expect(cpus).toBeGreaterThan(0);
      expect(loadAverage).toBeGreaterThanOrEqual(0);
      expect(memoryTotal).toBeGreaterThan(memoryFree);
      expect(memoryFree).toBeGreaterThan(0);
    });

    test("names the containers' user by numbers, or leaves it to the image", () => {
      const { containerUser } = makeHarness().host;
      if (containerUser !== null) expect(containerUser).toMatch(/^\d+:\d+$/);
    });
  });

  describe(`${name} host: a program`, () => {
    test("hands out its lines in their order, and its exit code", async () => {
      const { host, command } = makeHarness();
      const lines: string[] = [];
      const options = { signal: never, withinMs, onLine: (line: string) => lines.push(line) };
      const program = { lines: ["一", "", "two  words"], exitCode: 7 };
      expect(await host.run(command(program), options)).toEqual({ exitCode: 7 });
      expect(lines).toEqual(program.lines);
    });

    test("that is asked to end rejects, whatever it does", async () => {
      const { host, command } = makeHarness();
      const ends = new AbortController();
      const up = Promise.withResolvers<string>();
      const running = host.run(command({ lines: ["up"], exitCode: null }), {
        signal: ends.signal,
        withinMs,
        onLine: up.resolve,
      });
      expect(await up.promise).toBe("up");
      ends.abort();
      await expect(running).rejects.toThrow();
    });

    test("that exceeds its time is stopped, with an error that names it", async () => {
      const { host, command, pass } = makeHarness();
      const program = command({ lines: ["up"], exitCode: null });
      const running = host.run(program, { signal: never, withinMs: 1_500, onLine: () => {} });
      const error = running.catch((thrown: unknown) => thrown);
      await pass(1_500);
      expect(await error).toMatchObject({
        reason: "COMMAND_FAILED",
        message: expect.stringContaining(`${program[0]} did not end within 1.5 seconds`),
      });
    });

    test("does not begin for somebody who has gone", async () => {
      const { host, command } = makeHarness();
      const lines: string[] = [];
      const running = host.run(command({ lines: ["up"], exitCode: 0 }), {
        signal: AbortSignal.abort(),
        withinMs,
        onLine: (line) => lines.push(line),
      });
      await expect(running).rejects.toThrow();
      expect(lines).toEqual([]);
    });
  });
}
