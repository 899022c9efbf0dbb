import { LABEL } from "@claw/core/naming";
import { expect, test } from "vitest";
import { FakeDocker, hang, json } from "../../../tests/support/fake-docker.ts";
import { createDockerEngine } from "./docker-engine.ts";

/** A Docker with containers that a killed panel left, until they are removed. */
async function withLeftovers(...names: string[]) {
  const left = new Set(names);
  const streams: { end(): void }[] = [];
  const docker: FakeDocker = await FakeDocker.start([
    [
      /\/events$/,
      (_, response) => {
        streams.push(response);
        response.flushHeaders();
      },
    ],
    [
      /GET \/containers\/json/,
      (request, response, url) => {
        const wanted = url.searchParams.get("filters") ?? "";
        const isOurs = wanted.includes(`"${LABEL.home}=${docker.home}","${LABEL.oneOff}"`);
        const found = [...(isOurs ? left : [])].map((name) => ({
          Id: `id-of-${name}`,
          Names: [`/${name}`],
        }));
        json(() => found)(request, response, url);
      },
    ],
    [
      /DELETE \/containers\//,
      (_, response, url) => {
        left.delete(url.pathname.replace("/containers/id-of-", ""));
        response.writeHead(204).end();
      },
    ],
    [/GET \/images\//, json(() => ({ Id: "sha256:1", Config: { Labels: {} } }))],
    [
      /POST \/containers\/create/,
      (request, response, url) => {
        const name = url.searchParams.get("name") ?? "";
        left.add(name);
        json(() => ({ Id: `id-of-${name}` }))(request, response, url);
      },
    ],
    [/POST \/containers\/.*\/start/, hang],
  ]);
  const { home, address } = docker;
  const warnings: string[] = [];
  const engine = createDockerEngine({
    ...{ home, dockerHost: address, pingEveryMs: 60_000 },
    onWarning: (message) => warnings.push(message),
  });
  return { docker, engine, left, streams, warnings };
}

test("what a killed panel left is removed when the engine is there, and when it is back", async () => {
  const { docker, engine, left, streams, warnings } = await withLeftovers("claw-once-1");
  await using _docker = docker;
  await using _engine = engine;
  const ends = new AbortController();
  let connections = 0;
  const reading = (async () => {
    for await (const event of engine.events(ends.signal))
      if (event.type === "connected") connections++;
  })();
  await expect.poll(() => left.size).toBe(0);
  left.add("claw-once-2");
  streams[0]?.end();
  await expect.poll(() => left.size).toBe(0);
  expect(connections).toBe(2);
  ends.abort();
  await reading;
  expect(warnings).toEqual([]);
});

test("a container of a call under way is no leftover", async () => {
  const { docker, engine, left } = await withLeftovers();
  await using _docker = docker;
  await using _engine = engine;
  const ends = new AbortController();
  const ran = engine.runOnce("openclaw:test", ["true"], { signal: ends.signal });
  await expect.poll(() => docker.asked.some((what) => what.endsWith("/start"))).toBe(true);
  left.add("claw-once-dead");
  const reading = (async () => {
    for await (const _event of engine.events(ends.signal));
  })();
  await expect.poll(() => left.has("claw-once-dead")).toBe(false);
  expect(left.size).toBe(1);
  ends.abort();
  await expect(ran).rejects.toMatchObject({ reason: "CANCELLED" });
  await reading;
  expect(left.size).toBe(0);
});
