import { expect, test } from "vitest";
import { FakeDocker, hang, json } from "../../../tests/support/fake-docker.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createConnection } from "./connection.ts";
import { createDockerEngine } from "./docker-engine.ts";

/** With a limit of one second per answer instead of five. */
const engineOf = ({ home, address }: FakeDocker) =>
  createDockerEngine({ home, dockerHost: address, patience: 0.2 });

test("one container that hangs is unknown alone, whether all are asked for or it", {
  timeout: 30_000,
}, async () => {
  await using docker: FakeDocker = await FakeDocker.start([
    [/GET \/containers\/openclaw-anna\/json/, hang],
    [/GET \/containers\/openclaw-ben\/json/, json(() => docker.inspected("ben"))],
    [/GET \/containers\/json/, json(() => [docker.listed("anna"), docker.listed("ben")])],
  ]);
  await using engine = engineOf(docker);
  const all = await engine.list();
  expect(all.get("ben")).toMatchObject({ state: "running", health: "healthy" });
  expect(all.get("anna")).toMatchObject({ state: "unknown", containerId: "id-of-anna" });
  expect((await engine.list("anna")).get("anna")).toMatchObject({
    state: "unknown",
    specHash: "hash",
  });
  expect((await engine.list("ben")).get("ben")).toMatchObject({ state: "running" });
});

test("one that Docker cannot describe at all is unknown alone", async () => {
  await using docker: FakeDocker = await FakeDocker.start([
    [
      /GET \/containers\/openclaw-anna\/json/,
      (_, response) => void response.writeHead(500).end('{"message":"layer does not exist"}'),
    ],
    [/GET \/containers\/openclaw-ben\/json/, json(() => docker.inspected("ben"))],
    [/GET \/containers\/json/, json(() => [docker.listed("anna"), docker.listed("ben")])],
  ]);
  await using engine = engineOf(docker);
  const states = [...(await engine.list())].map(([id, { state }]) => `${id} ${state}`).sort();
  expect(states).toEqual(["anna unknown", "ben running"]);
});

test("an answer that was lost once is asked for again", async () => {
  let asked = 0;
  await using docker: FakeDocker = await FakeDocker.start([
    [
      /GET \/containers\/openclaw-anna\/json/,
      (request, response, url) => {
        asked += 1;
        if (asked === 1) request.socket.destroy();
        else json(() => docker.inspected("anna"))(request, response, url);
      },
    ],
    [/GET \/containers\/json/, json(() => [docker.listed("anna")])],
  ]);
  await using engine = engineOf(docker);
  expect((await engine.list()).get("anna")).toMatchObject({ state: "running" });
});

test("what is late is slow while Docker answers a ping, and away when it does not", {
  timeout: 30_000,
}, async () => {
  let pings = hang;
  await using docker: FakeDocker = await FakeDocker.start([
    [/_ping$/, (...args) => pings(...args)],
    [/./, hang],
  ]);
  await using engine = engineOf(docker);
  await rejects(engine.version(), "ENGINE_UNREACHABLE");
  const connection = createConnection(docker.address, 0.2);
  const late = () => connection.ask((each) => each.listContainers(), { seconds: 0.5 });
  await rejects(late(), "ENGINE_UNREACHABLE");
  pings = (_, response) => void response.end("OK");
  await rejects(late(), "ENGINE_SLOW");
});
