import type { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { FakeDocker, json } from "../../../tests/support/fake-docker.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import type { EngineEvent } from "../engine.ts";
import { createDockerEngine } from "./docker-engine.ts";

/** A Docker whose event streams a test writes and cuts. */
async function eventful(now = Date.now()) {
  const streams: ServerResponse[] = [];
  const since: number[] = [];
  let isAway = false;
  const docker: FakeDocker = await FakeDocker.start([
    [
      /_ping$/,
      (request, response) => {
        response.setHeader("date", new Date(now).toUTCString());
        if (isAway) request.socket.destroy();
        else response.end("OK");
      },
    ],
    [
      /\/events$/,
      (_, response, url) => {
        since.push(Number(url.searchParams.get("since")));
        streams.push(response);
        response.flushHeaders();
      },
    ],
    [/GET \/containers\/json/, json(() => [])],
  ]);
  const line = (exitCode: number, time = now) =>
    `${JSON.stringify({
      Action: "die",
      timeNano: time * 1e6,
      Actor: {
        ID: "id-of-anna",
        Attributes: { ...docker.labels("anna"), exitCode: String(exitCode) },
      },
    })}\n`;
  const { home, address } = docker;
  const engine = createDockerEngine({ home, dockerHost: address, pingEveryMs: 60_000 });
  return { docker, engine, streams, since, line, leave: () => (isAway = true) };
}

test("a stream that is cut is opened again while Docker answers, and nothing is told twice", async () => {
  const now = Date.now() + 1_000;
  const { docker, engine, streams, since, line, leave } = await eventful(now);
  await using _ = docker;
  const seen: EngineEvent[] = [];
  const read = async () => {
    for await (const event of engine.events(AbortSignal.timeout(20_000))) {
      seen.push(event);
      const connected = seen.filter(({ type }) => type === "connected").length;
      if (event.type === "connected" && connected === 1) streams[0]?.write(line(1));
      // In the middle of a line, and then immediately.
      else if (event.type === "changed" && connected === 1) streams[0]?.end('{"Action":"di');
      else if (event.type === "connected" && connected === 2) streams[1]?.destroy();
      else if (event.type === "connected" && connected === 3)
        streams[2]?.write(line(1) + line(2, now + 5));
      else {
        leave();
        streams[2]?.end();
      }
    }
  };
  await rejects(read(), "ENGINE_UNREACHABLE");
  const changed = (exitCode: number) => ({ type: "changed", id: "anna", exitCode });
  const connected = { type: "connected" };
  expect(seen).toEqual([connected, changed(1), connected, connected, changed(2)]);
  expect(since[2]).toBeCloseTo(now / 1_000, 2);
});

test.each([
  300_000, -300_000,
])("events are wanted from Docker's time on, which is %i ms away", async (away) => {
  const there = Date.now() + away;
  const { docker, engine, since, streams, line } = await eventful(there);
  await using _ = docker;
  for await (const event of engine.events(AbortSignal.timeout(20_000))) {
    if (event.type !== "connected") break;
    streams[0]?.write(line(3, there + 2_000));
  }
  expect(Math.abs((since[0] ?? 0) - there / 1_000)).toBeLessThan(2);
});
