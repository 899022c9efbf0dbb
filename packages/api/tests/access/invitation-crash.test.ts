import { expect, test } from "vitest";
import { MemoryEngine } from "../../src/engine/memory/memory-engine.ts";
import { inviteUser } from "../../src/services/access/invite-user.ts";
import { listUsers } from "../../src/services/access/users.ts";
import { eventually } from "../support/deadline.ts";
import { createTestPanel, homeOfTest, TEST_IMAGE, TEST_RANGES } from "../support/test-app.ts";
import { expectWhole } from "../support/wholeness.ts";

const INVITATION = {
  ...{ username: "mina", displayName: "Mina" },
  instance: { id: "anna", name: "Anna" },
};
const PANEL = "http://127.0.0.1:8000";

/** Lets the panel die before its call number `n`. True when it was done before that. */
async function dieAt(n: number): Promise<boolean> {
  const home = await homeOfTest();
  await using engine = new MemoryEngine({
    home,
    ranges: TEST_RANGES,
    images: [TEST_IMAGE],
    startDelayMs: 5,
    heartbeatMs: 600_000,
  });
  const died = await createTestPanel({ home, engine });
  died.faults.dieAt(n);
  const inviting = inviteUser(died.context, INVITATION, PANEL).then(() => true);
  const done = await Promise.race([inviting, died.faults.died.then(() => false)]);
  died.faults.die();
  await died[Symbol.asyncDispose]();

  await using panel = await createTestPanel({ home, engine });
  const told = `after a crash at call ${n} (${died.faults.calls[n]?.method})`;
  // The panel may still be finishing or undoing the instance.
  const { url } = await eventually(() => inviteUser(panel.context, INVITATION, PANEL));
  expect(url, told).toContain("#code=");
  await panel.until("anna", "running");
  await expectWhole(panel, "anna");
  expect(await listUsers(panel.context), told).toMatchObject([
    { username: "admin" },
    { username: "mina", instanceIds: ["anna"] },
  ]);
  return done;
}

test("killed at any call of an invitation, the same invitation completes it", {
  timeout: 120_000,
}, async () => {
  let n = 0;
  while (!(await dieAt(n))) n += 1;
  expect(n).toBeGreaterThan(5);
});
