import { SESSION_IDLE_MS, SESSION_MAX_MS } from "@claw/core/access/credentials";
import { expect, test } from "vitest";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { createAccessControl } from "./access-control.ts";
import { beginSession } from "./begin-session.ts";
import { findUser } from "./find-user.ts";
import { identify } from "./identify.ts";

const origin = { address: "10.0.0.5", userAgent: `Fire\nfox ${"x".repeat(500)}` };

test("a session ends after so long without a call, and after 30 days whatever is done", async () => {
  await using panel = await createTestPanel();
  const { context, host } = panel;
  const user = await findUser(context, "admin");
  const { token, expiresAt } = await beginSession(context, user, origin);
  expect(Date.parse(expiresAt) - host.now()).toBeGreaterThan(SESSION_MAX_MS - 60_000);
  for (let passed = 0; passed < SESSION_MAX_MS - SESSION_IDLE_MS; passed += SESSION_IDLE_MS / 2) {
    expect(await identify(context, token)).not.toBeNull();
    // That somebody was there is written behind the answer.
    await context.store.listUsers();
    host.advance(SESSION_IDLE_MS / 2);
  }
  host.advance(SESSION_IDLE_MS);
  expect(await identify(context, token)).toBeNull();
});

test("what has run out is cleared away by the next, and what a browser calls itself is cut", async () => {
  await using panel = await createTestPanel();
  const { context, host } = panel;
  const user = await findUser(context, "admin");
  await beginSession(context, user, origin);
  host.advance(SESSION_IDLE_MS + 1_000);
  await beginSession(context, user, origin);
  const sessions = await context.store.listSessions(user.id);
  expect(sessions).toHaveLength(1);
  expect(sessions[0]?.userAgent).toMatch(/^Firefox x{192}$/);
});

test("the code of the set-up is another one at each start", async () => {
  await using panel = await createTestPanel();
  const { setupCode } = await createAccessControl(panel.context);
  expect(setupCode).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  expect(setupCode).not.toBe(panel.context.access.setupCode);
});
