import assert from "node:assert/strict";
import test from "node:test";
import { isTestContainer, testNetworks } from "./leftovers.mjs";

const bind = (Source) => ({ Mounts: [{ Type: "bind", Source }] });

test("a test container keeps its data in a test run's folder, or has the label", () => {
  const folders = ["/repo/.cache/tmp/7"];
  const labelled = { Labels: { "claw.test": "" } };
  assert.ok(isTestContainer(bind("/repo/.cache/tmp/7/home/instances/a/data"), folders, false));
  assert.ok(!isTestContainer(bind("/repo/instances/a/data"), folders, true));
  assert.ok(!isTestContainer(bind("/repo/.cache/tmp/77/a"), folders, true));
  assert.ok(isTestContainer(labelled, folders, true));
  assert.ok(!isTestContainer(labelled, folders, false));
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
  const names = (labelled) => testNetworks(networks, gone, labelled).map(({ Name }) => Name);
  assert.deepEqual(names(true), ["openclaw-a", "t"]);
  assert.deepEqual(names(false), ["openclaw-a"]);
});
