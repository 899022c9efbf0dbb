import assert from "node:assert/strict";
import test from "node:test";
import { createTestEngines } from "./test-engines.mjs";
import { Sentence } from "./words.mjs";

const kinds = { own: async () => ({}), other: async () => ({ root: "/elsewhere" }) };

test("a suite that asks for no engine runs as it is", async () => {
  const engines = createTestEngines({ folder: "/run-folder", kinds });
  assert.deepEqual(await engines.use(undefined), { env: {}, wrap: [] });
});

test("an engine that cannot be had says why, once for all suites, and nothing is left to stop", async () => {
  let tries = 0;
  const start = async () => {
    tries++;
    throw new Sentence("needs Linux and root");
  };
  const engines = createTestEngines({ folder: "/run-folder", kinds, start });
  for (const _ of [1, 2])
    assert.match((await engines.use("other")).missing, /other\): needs Linux and root/);
  assert.equal(tries, 1);
  await engines.stop();
});

test("an engine whose image cannot be built is stopped with the others", async () => {
  const stopped = [];
  const start = async (kind) => ({
    env: { DOCKER_HOST: "unix:///nowhere/docker.sock" },
    wrap: [],
    stop: async () => stopped.push(kind),
  });
  const build = async () => {
    throw new Sentence("build-stub-image.sh failed");
  };
  const engines = createTestEngines({ folder: "/run-folder", kinds, start, build });
  assert.match((await engines.use("own")).missing, /build-stub-image/);
  await engines.stop();
  assert.deepEqual(stopped, ["own"]);
});
