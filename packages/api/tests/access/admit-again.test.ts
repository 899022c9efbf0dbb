import type { Role } from "@claw/core/access/role";
import { describe, expect, test } from "vitest";
import { type ClawClient, createClawClient } from "../../src/client.ts";
import { createInstance } from "../../src/services/instance/create-instance.ts";
import type { RouterOutputs } from "../../src/trpc/root.ts";
import { haveUser, signIn, TEST_PASSWORD } from "../support/sign-in.ts";
import { createTestApp } from "../support/test-app.ts";

type Job = RouterOutputs["jobs"]["get"];

/** Somebody whose backup waits for that of the administrator. */
async function waiting(role: Role, begin: (client: ClawClient, url: string) => Promise<Job>) {
  const app = await createTestApp();
  const { context } = app;
  const user = await haveUser(context.store, "mina", role);
  context.access.people.set(user);
  for (const id of ["mine", "other"])
    await createInstance(context, {
      id,
      name: id,
      start: false,
      owner: id === "mine" ? user.id : null,
    });
  const paused = app.faults.pauseNext("archives.pack");
  const first = await app.client.backups.create.mutate({ instanceIds: ["other"] });
  await paused.reached;
  const { token } = await signIn(context, user);
  const client = createClawClient({ url: app.url, token });
  const job = await begin(client, app.url);
  expect(job.status).toBe("queued");
  return {
    app,
    client,
    /** How it ended, and what the audit trail says of it. */
    async end() {
      paused.resume();
      await context.runtime.jobs.finished(first.id);
      const { status, startedAt, error } = await context.runtime.jobs.finished(job.id);
      const { entries } = await app.client.audit.list.query({ user: "mina", action: "backups." });
      const backups = await context.store.listBackups();
      const told = entries.map(({ object, result }) => (object === job.id ? result : "?"));
      return {
        status,
        began: startedAt !== null,
        reason: error?.reason,
        told,
        made: backups.length - 1,
      };
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

type Waiting = Awaited<ReturnType<typeof waiting>>;

const ofMine = (client: ClawClient) => client.backups.create.mutate({ instanceIds: ["mine"] });
const ofAll = (client: ClawClient) => client.backups.create.mutate({});
const REFUSED = { status: "failed", began: false, made: 0 };

describe("what waits for its turn is not done for", () => {
  test.each<
    [
      string,
      Role,
      (client: ClawClient) => Promise<Job>,
      string,
      (world: Waiting) => Promise<unknown>,
    ]
  >([
    [
      ...(["who was disabled meanwhile", "member", ofMine, "FORBIDDEN"] as const),
      ({ app }: Waiting) => app.client.users.update.mutate({ username: "mina", disabled: true }),
    ],
    [
      ...(["who was deleted meanwhile", "operator", ofAll, "FORBIDDEN"] as const),
      ({ app }: Waiting) => app.client.users.remove.mutate({ username: "mina" }),
    ],
    [
      ...(["who has another role meanwhile", "operator", ofAll, "FORBIDDEN"] as const),
      ({ app }: Waiting) => app.client.users.update.mutate({ username: "mina", role: "member" }),
    ],
    [
      ...(["whose instance became another's", "member", ofMine, "INSTANCE_NOT_FOUND"] as const),
      ({ app }: Waiting) => app.client.instances.assign.mutate({ ids: ["mine"], owner: "admin" }),
    ],
  ])("%s", async (_, role, begin, reason, change) => {
    await using world = await waiting(role, begin);
    await change(world);
    expect(await world.end()).toEqual({ ...REFUSED, reason, told: [reason, "ok"] });
  });

  test("an API token that was revoked meanwhile", async () => {
    let id = "";
    await using world = await waiting("operator", async (client, url) => {
      const input = { name: "ci", scope: "operate", password: TEST_PASSWORD } as const;
      const made = await client.tokens.create.mutate(input);
      id = made.id;
      return ofAll(createClawClient({ url, token: made.token }));
    });
    await world.client.tokens.remove.mutate({ id });
    expect(await world.end()).toEqual({
      ...REFUSED,
      reason: "FORBIDDEN",
      told: ["FORBIDDEN", "ok"],
    });
  });
});

test("what waits for its turn is done though its session has ended meanwhile", async () => {
  await using world = await waiting("member", ofMine);
  await world.client.auth.logout.mutate();
  expect(await world.end()).toEqual({
    ...{ status: "succeeded", began: true, reason: undefined, told: ["ok"], made: 1 },
  });
});
