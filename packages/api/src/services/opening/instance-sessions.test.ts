import { expect, test } from "vitest";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { type InstanceClaim, openInstanceSessions } from "./instance-sessions.ts";

const CLAIM: InstanceClaim = {
  sessionId: "s1",
  userId: "u1",
  instanceUid: "i1",
  ownership: "o1",
  access: "read",
};

test("a sealed claim opens, also after a restart of the panel", async () => {
  await using panel = await createTestPanel();
  const sealed = (await openInstanceSessions(panel.context)).seal(CLAIM);
  expect(sealed).toMatch(/^[\w.-]+$/);
  expect((await openInstanceSessions(panel.context)).unseal(sealed)).toEqual(CLAIM);
});

test("a claim that another panel sealed is refused", async () => {
  await using panel = await createTestPanel();
  await using other = await createTestPanel();
  const sealed = (await openInstanceSessions(other.context)).seal(CLAIM);
  expect((await openInstanceSessions(panel.context)).unseal(sealed)).toBeNull();
});

test("a changed claim, seal or form is refused", async () => {
  await using panel = await createTestPanel();
  const sessions = await openInstanceSessions(panel.context);
  const [payload = "", seal = ""] = sessions.seal(CLAIM).split(".");
  const wider = Buffer.from(JSON.stringify({ ...CLAIM, access: "full" })).toString("base64url");
  for (const forged of [
    `${wider}.${seal}`,
    `${payload}.${seal.slice(1)}`,
    `${payload}.`,
    payload,
    `.${seal}`,
    ".",
    "",
    `${payload}.${"A".repeat(seal.length)}`,
  ])
    expect(sessions.unseal(forged), forged).toBeNull();
});

test("each panel has a key of its own; a full disk keeps nobody out, until the panel ends", async () => {
  await using panel = await createTestPanel();
  const { store, host } = panel.context;
  let noted = 0;
  const full = {
    ...store,
    readSetting: async () => null,
    noteSetting: async () => {
      noted += 1;
    },
  };
  const sessions = await openInstanceSessions({ store: full, host });
  expect(noted).toBe(1);
  const sealed = sessions.seal(CLAIM);
  expect(sessions.unseal(sealed)).toEqual(CLAIM);
  expect((await openInstanceSessions({ store: full, host })).unseal(sealed)).toBeNull();
});
