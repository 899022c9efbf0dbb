import { once } from "node:events";
import { LOG_START } from "@claw/core/log-cursor";
import { LINE_LIMIT_BYTES, sizeOf } from "@claw/core/log-size";
import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { FakeDocker, json } from "../../../tests/support/fake-docker.ts";
import { createDockerEngine } from "./docker-engine.ts";

const MIB = 1024 * 1024;
const PIECE = 16 * 1024;

/** One frame of the `n`-th line of `stdout`, which Docker cut into pieces. */
function frame(n: number, text: string): Buffer {
  const body = Buffer.from(`2026-11-22T08:22:07.${String(n).padStart(9, "0")}Z ${text}`);
  const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

test("long lines wait for a slow reader in the engine, not in memory", {
  timeout: 60_000,
}, async () => {
  const piece = "x".repeat(PIECE);
  const lines = 300;
  let written = 0;
  await using docker: FakeDocker = await FakeDocker.start([
    [/GET \/containers\/openclaw-anna\/json/, json(() => docker.inspected("anna"))],
    [
      /GET \/containers\/id-of-anna\/logs/,
      async (_, response, url) => {
        const last = url.searchParams.get("tail") === "1";
        for (let line = last ? lines : 1; line <= lines && !response.destroyed; line++) {
          for (let part = 0; part < MIB / PIECE; part++) response.write(frame(line, piece));
          if (!response.write(frame(line, "\n"))) await once(response, "drain").catch(() => {});
          if (!last) written += MIB;
        }
        response.end();
      },
    ],
  ]);
  await using engine = createDockerEngine({ home: docker.home, dockerHost: docker.address });
  const query = { after: LOG_START, tail: 0, follow: true, signal: AbortSignal.timeout(50_000) };
  const sizes: number[] = [];
  let count = 0;
  for await (const batch of engine.logs("anna", query)) {
    if (count === 0) {
      // Until back-pressure reaches Docker: what it has sent by then waits in the sockets and here.
      let before = -1;
      let still = 0;
      await eventually(() => {
        still = written === before ? still + 1 : 0;
        before = written;
        expect(still).toBeGreaterThan(20);
      }, 20_000);
      expect(written).toBeLessThan(100 * MIB);
    }
    count += batch.length;
    sizes.push(sizeOf(batch));
    for (const { text } of batch) expect(text.length).toBeLessThan(LINE_LIMIT_BYTES + 100);
  }
  expect(count).toBe(lines);
  expect(Math.max(...sizes)).toBeLessThan(MIB);
});
