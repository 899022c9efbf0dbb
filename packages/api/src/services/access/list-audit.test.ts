import { expect, test } from "vitest";
import { haveUser, viewerOf } from "../../../tests/support/sign-in.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { assignInstances } from "../instance/assign-instances.ts";
import { createInstance } from "../instance/create-instance.ts";
import { newAuditDraft } from "./admit.ts";
import { listAudit } from "./list-audit.ts";
import { recordAuditEvent } from "./record-audit-event.ts";

async function happens({ context }: TestPanel, user: string, instanceIds: string[]) {
  const origin = { address: "10.0.0.5", userAgent: "" };
  const about = context.runtime.live.board.subjectsOf(instanceIds);
  const draft = { ...newAuditDraft({ action: "batches.run", origin }), user, instanceIds, about };
  await recordAuditEvent(context, draft, "ok");
}

test("events from before a change of owner stay with the former owner", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  const [mina, olaf] = [
    await haveUser(context.store, "mina", "member"),
    await haveUser(context.store, "olaf", "member"),
  ];
  for (const user of [mina, olaf]) context.access.people.set(user);
  await createInstance(context, { id: "anna", name: "x", start: false, owner: mina.id });
  await happens(panel, "boss", ["anna"]);
  await assignInstances(context, { ids: ["anna"], owner: "olaf" });
  const seen = async (user: typeof mina) =>
    (await listAudit(context, viewerOf(user), { limit: 5 })).entries.map(({ action }) => action);
  expect(await seen(mina)).toEqual(["batches.run"]);
  expect(await seen(olaf)).toEqual([]);
});

test("a page that is not full is the last one", async () => {
  await using panel = await createTestPanel();
  for (const _ of [1, 2, 3]) await happens(panel, "boss", []);
  const page = (limit: number, cursor?: string | null) =>
    listAudit(panel.context, panel.viewer, { limit, cursor });
  expect((await page(4)).nextCursor).toBeNull();
  const { nextCursor } = await page(2);
  expect(nextCursor).not.toBeNull();
  expect((await page(2, nextCursor)).nextCursor).toBeNull();
});
