import assert from "node:assert/strict";
import test from "node:test";
import { createNeeds } from "./needs.mjs";

test("each need is met once; the environments add up", async () => {
  let met = 0;
  const meet = createNeeds(
    {},
    {
      async docker() {
        met++;
        return { A: "1" };
      },
      async stub() {
        return { B: "2" };
      },
    },
  );
  assert.deepEqual(await meet(["docker", "stub"]), { env: { A: "1", B: "2" } });
  assert.deepEqual(await meet(["docker"]), { env: { A: "1" } });
  assert.equal(met, 1);
});

test("a need that cannot be met says why, again without another try", async () => {
  let tries = 0;
  const meet = createNeeds(
    {},
    {
      async docker() {
        tries++;
        throw new Error("no engine");
      },
    },
  );
  assert.deepEqual(await meet(["docker"]), { missing: "docker: no engine" });
  assert.deepEqual(await meet(["docker"]), { missing: "docker: no engine" });
  assert.equal(tries, 1);
});
