import assert from "node:assert/strict";
import test from "node:test";
import { isTestContainer, testNetworks } from "./leftovers.mjs";

const bind = (Source) => ({ Mounts: [{ Type: "bind", Source }] });

test("a test container has the label or keeps its data in the tests' folder", () => {
  assert.ok(isTestContainer({ Labels: { "claw.test": "" } }, "/repo/.cache/tmp"));
  assert.ok(isTestContainer(bind("/repo/.cache/tmp/home/instances/a/data"), "/repo/.cache/tmp"));
  assert.ok(!isTestContainer(bind("/repo/instances/a/data"), "/repo/.cache/tmp"));
  assert.ok(!isTestContainer(bind("/repo/.cache/tmp-not/a"), "/repo/.cache/tmp"));
  assert.ok(!isTestContainer({ Labels: { other: "1" } }, "/repo/.cache/tmp"));
});

test("networks: test label, or ours and used by what goes; Docker's own stay", () => {
  const ours = { "com.clawmultideploy.instance": "a" };
  const networks = [
    { Name: "bridge", Labels: {} },
    { Name: "openclaw-a", Labels: ours },
    { Name: "openclaw-b", Labels: ours },
    { Name: "t", Labels: { "claw.test": "1" } },
  ];
  const gone = [{ NetworkSettings: { Networks: { bridge: {}, "openclaw-a": {} } } }];
  assert.deepEqual(
    testNetworks(networks, gone).map(({ Name }) => Name),
    ["openclaw-a", "t"],
  );
});
