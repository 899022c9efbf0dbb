import assert from "node:assert/strict";
import test from "node:test";
import { panelEnvironment } from "./panel-command.mjs";

test("how memory is allocated is set, unless the administrator has set it", () => {
  assert.deepEqual(panelEnvironment({ CLAW_PORT: "8100", MALLOC_ARENA_MAX: "1" }), {
    MALLOC_MMAP_THRESHOLD_: "8388608",
    MALLOC_ARENA_MAX: "1",
    CLAW_PORT: "8100",
  });
});
