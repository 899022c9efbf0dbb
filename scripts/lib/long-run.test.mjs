import assert from "node:assert/strict";
import test from "node:test";
import { withoutSettings } from "./long-run.mjs";

test("settings of a panel on this machine do not reach the one that is looked at", () => {
  const environment = { PATH: "/bin", CLAW_HOME: "/srv/claw", CLAW_TEST_DOCKER: "1" };
  assert.deepEqual(withoutSettings(environment), { PATH: "/bin" });
});
