import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import test from "node:test";
import { dockerProblem, dockerRequest } from "./docker-api.mjs";

async function engine(t, handler) {
  const server = http.createServer(handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { env: { DOCKER_HOST: `tcp://127.0.0.1:${server.address().port}` } };
}

test("an engine that answers has no problem", async (t) => {
  const options = await engine(t, (request, response) => {
    response.end(request.url === "/_ping" ? "OK" : "?");
  });
  assert.equal(await dockerProblem(options), undefined);
  assert.deepEqual(await dockerRequest("GET", "/_ping", options), { status: 200, body: "OK" });
});

test("an error answer, silence and nobody there are problems with a name", async (t) => {
  const broken = await engine(t, (_, response) => response.writeHead(500).end());
  assert.equal(await dockerProblem(broken), "HTTP 500");
  const silent = await engine(t, () => {});
  assert.equal(await dockerProblem({ ...silent, timeoutMs: 50 }), "ETIMEDOUT");
  const nobody = { env: { DOCKER_HOST: "unix:///no/such/docker.sock" } };
  assert.equal(await dockerProblem(nobody), "ENOENT");
  assert.equal(await dockerProblem({ env: { DOCKER_HOST: "ssh://box" } }), "EPROTONOSUPPORT");
});
