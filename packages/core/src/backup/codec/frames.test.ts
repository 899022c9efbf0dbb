import { expect, test } from "vitest";
import { compressTo, FRAME } from "./frames.ts";

/** Frames that end in an order of their own; "compressed" to their length and first byte. */
function collect(delays: number[]) {
  const taken: string[] = [];
  let running = 0;
  let most = 0;
  let open = 0;
  const spent: Uint8Array[] = [];
  const platform = {
    atOnce: 3,
    createCompressor() {
      open += 1;
      return {
        async pack(frame: Uint8Array) {
          most = Math.max(most, ++running);
          const told = Buffer.from(`${frame.length}:${frame[0]}`);
          for (let turn = delays.shift() ?? 0; turn > 0; turn--) await Promise.resolve();
          running -= 1;
          return [told];
        },
        close() {
          open -= 1;
        },
      };
    },
    onSpent: (part: Uint8Array) => void spent.push(part),
  };
  const sink = {
    write: (part: Uint8Array) => void taken.push(Buffer.from(part).toString()),
    end: () => void taken.push("end"),
  };
  return { writer: compressTo(sink, platform), taken, spent, at: () => ({ most, open }) };
}

test("frames come out in their order, however long each takes, and three at a time at most", async () => {
  const { writer, taken, spent, at } = collect([50, 40, 30, 1, 1]);
  for (let n = 0; n < 5; n++) await writer.write(new Uint8Array(FRAME).fill(n));
  await writer.write(new Uint8Array(10).fill(9));
  await writer.end();
  expect(taken).toEqual([...[0, 1, 2, 3, 4].map((n) => `${FRAME}:${n}`), "10:9", "end"]);
  expect(writer.size).toBe(5 * FRAME + 10);
  expect(spent).toHaveLength(6);
  expect(at()).toEqual({ most: 3, open: 0 });
});

test("what is read into the free part of a frame is as if it was written", async () => {
  const { writer, taken } = collect([]);
  writer.room().fill(4, 0, 100);
  await writer.filled(100);
  expect(writer.room()).toHaveLength(FRAME - 100);
  await writer.end();
  expect(taken).toEqual(["100:4", "end"]);
});

test("nothing at all has no frame", async () => {
  const { writer, taken } = collect([]);
  await writer.end();
  expect(taken).toEqual(["end"]);
});

test("a sink that fails is told to whoever writes", async () => {
  const platform = {
    atOnce: 1,
    createCompressor: () => ({ pack: async (frame: Uint8Array) => [frame], close() {} }),
    onSpent() {},
  };
  const sink = {
    write() {
      throw new Error("the disk is full");
    },
    end() {},
  };
  const writer = compressTo(sink, platform);
  await writer.write(new Uint8Array(10));
  await expect(writer.end()).rejects.toThrow("the disk is full");
});
