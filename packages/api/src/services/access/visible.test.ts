import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { haveUser, viewerOf } from "../../../tests/support/sign-in.ts";
import { backupOf, jobOf } from "../../../tests/support/specs.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { createAnonymousLimits } from "./anonymous-limits.ts";
import { authorize } from "./authorize.ts";
import { createPeople } from "./people.ts";
import { requirePassword } from "./require-password.ts";
import { isVisibleBackup, isVisibleJob, visibleInstances } from "./visible.ts";

/** A panel with an instance of a member's and one of nobody's. */
async function withMember() {
  const panel = await createTestPanel();
  const { context } = panel;
  const user = await haveUser(context.store, "mina", "member");
  await createInstance(context, { id: "mine", name: "x", start: false, owner: user.id });
  await createInstance(context, { id: "other", name: "x", start: false });
  return { panel, context, member: viewerOf(user), admin: panel.viewer };
}

const part = (id: string, owner: string | null) => ({ id, uid: id, owner, bytes: 1, files: 1 });

test("a member sees what is about their instances and nothing else", async () => {
  const { panel, context, member, admin } = await withMember();
  await using _ = panel;
  expect(visibleInstances(context, member).map(({ id }) => id)).toEqual(["mine"]);
  expect(visibleInstances(context, admin)).toHaveLength(2);
  const [mine, other] = [part("mine", "mina"), part("other", null)];
  const jobs = [[mine], [other], [mine, other], []].map((about) => jobOf({ about }));
  expect(jobs.map((job) => isVisibleJob(member, job))).toEqual([true, false, false, false]);
  expect(jobs.map((job) => isVisibleJob(admin, job))).toEqual([true, true, true, true]);
  // Before it has told what it is about by its progress.
  const begun = [
    jobOf({ about: [mine] }),
    jobOf({ about: [mine, other], begunBy: member.user.id }),
    jobOf({ about: [], begunBy: member.user.id }),
    jobOf({ about: [], begunBy: admin.user.id }),
  ];
  expect(begun.map((job) => isVisibleJob(member, job))).toEqual([true, false, true, false]);
  const confined = { ...member, instanceUids: ["mine"] };
  expect(begun.map((job) => isVisibleJob(confined, job))).toEqual([true, false, false, false]);
  const unknown = { id: "mine", bytes: 1, files: 1 };
  const backups = [[mine], [mine, other], [], [part("mine", "anna")], [unknown]].map((parts) =>
    backupOf({ instances: parts.map((each) => ({ ...each, name: "x" })) }),
  );
  expect(backups.map((backup) => isVisibleBackup(member, backup))).toEqual([
    ...[true, false, false, false, false],
  ]);
});

test("a member is asked to name the instances where all would be meant, and names only ids", async () => {
  const { panel, context, member, admin } = await withMember();
  await using _ = panel;
  const access = { who: "member", does: "operate", on: "instanceIds" } as const;
  await rejects(authorize(context, member, access, {}), "FORBIDDEN");
  await authorize(context, admin, access, {});
  await authorize(context, member, access, { instanceIds: ["mine"] });
  const mixed = { instanceIds: ["mine", "other"] };
  await rejects(authorize(context, member, access, mixed), "INSTANCE_NOT_FOUND");
  const odd = { instanceIds: ["mine", { toString: () => "other" }] };
  await rejects(authorize(context, member, access, odd), "INVALID_INPUT");
});

test("who guesses the password in a session that is open waits as at the door", async () => {
  const { panel, context, member } = await withMember();
  await using _ = panel;
  const reasons = [];
  for (let time = 0; time < 8; time++) {
    const error = await requirePassword(context, member, "wrong").catch((thrown) => thrown);
    reasons.push(error instanceof DomainError ? error.reason : "in");
  }
  expect(reasons[0]).toBe("CREDENTIALS_WRONG");
  expect(reasons).toContain("TOO_MANY_ATTEMPTS");
});

test("anonymous callers are answered so often and no more, each address for itself", async () => {
  const budget = createAnonymousLimits();
  for (let time = 0; time < 600; time++) await budget.call("10.0.0.1");
  const refusal = await rejects(budget.call("10.0.0.1"), "TOO_MANY_ATTEMPTS");
  expect(refusal.retryAfterSeconds).toBeGreaterThan(0);
  await budget.call("10.0.0.2");
  for (let time = 0; time < 600; time++) await budget.call(`2001:db8:1:2::${time}`);
  await rejects(budget.call("2001:db8:1:2:ffff::1"), "TOO_MANY_ATTEMPTS");
  await budget.call("2001:db8:1:3::1");
});

test("people are known by name as long as they are there", () => {
  const people = createPeople([]);
  expect(people.isAnybody()).toBe(false);
  people.set({ id: "u1", username: "mina" });
  expect([
    people.isAnybody(),
    people.nameOf("u1"),
    people.nameOf("u2"),
    people.nameOf(null),
  ]).toEqual([true, "mina", null, null]);
  people.delete("u1");
  expect(people.nameOf("u1")).toBeNull();
});
