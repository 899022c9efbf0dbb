import type { Access } from "@claw/core/access/viewer";
import type { Reason } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import { covers, SESSION_IDLE_MS } from "../../../core/src/access/credentials.ts";
import { createInstance } from "../../src/services/instance/create-instance.ts";
import { appRouter } from "../../src/trpc/root.ts";
import { haveUser, signIn, TEST_PASSWORD } from "../support/sign-in.ts";
import { backupOf, jobOf } from "../support/specs.ts";
import { createTestApp, type TestApp } from "../support/test-app.ts";

interface Procedure {
  _def: { type: "query" | "mutation" | "subscription"; meta?: Access };
}

/** Procedures without a session. Every addition is open to anyone. */
const PUBLIC = ["auth.login", "auth.readLink", "auth.redeemLink", "auth.setup", "auth.state"];

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>)
  .map(([path, { _def }]) => ({ path, ...(_def as Required<Procedure["_def"]>) }))
  .sort((a, b) => (a.path < b.path ? -1 : 1));
const guarded = procedures.filter(({ path }) => !PUBLIC.includes(path));

/** Names somebody else's of everything. */
const INPUT = {
  id: "theirs",
  ids: ["theirs"],
  action: "stop",
  instanceIds: ["theirs"],
  requestId: "theirs",
  deviceId: "theirs",
  username: "boss",
  owner: null,
  deleteData: true,
  text: "{}",
  revision: "",
  version: 1,
  from: 1,
  to: 1,
};

/** The reason of a refusal, or `answered`. */
async function knock(
  app: TestApp,
  procedure: (typeof procedures)[number],
  token: string | null,
  input: object = INPUT,
): Promise<Reason | "answered"> {
  const json = JSON.stringify(input);
  const isMutation = procedure.type === "mutation";
  const query = isMutation ? "" : `?input=${encodeURIComponent(json)}`;
  const ends = new AbortController();
  const response = await fetch(`${app.url}/trpc/${procedure.path}${query}`, {
    method: isMutation ? "POST" : "GET",
    signal: ends.signal,
    headers: {
      "content-type": "application/json",
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(procedure.type === "subscription" ? { accept: "text/event-stream" } : {}),
    },
    ...(isMutation ? { body: json } : {}),
  });
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  const text = isStream ? await firstEvent(response) : await response.text();
  ends.abort();
  return (/"reason":"([A-Z_]+)"/.exec(text)?.[1] as Reason | undefined) ?? "answered";
}

/** The first event of a stream after its greeting. */
async function firstEvent(response: Response): Promise<string> {
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (/^data: .*"(?:type|reason)"/m.test(text)) break;
  }
  return text;
}

/** An app with an instance, a job and a backup of somebody else's, and a member who has one. */
async function withMember() {
  const app = await createTestApp();
  const { context } = app;
  const member = await haveUser(context.store, "mina", "member");
  context.access.people.set(member);
  await createInstance(context, { id: "theirs", name: "x", start: false });
  await createInstance(context, { id: "mine", name: "x", start: false, owner: member.id });
  await context.store.saveJob(jobOf({ id: "theirs", instanceId: "theirs" }));
  await context.store.saveBackup(
    backupOf({ id: "theirs", instances: [{ id: "theirs", name: "x", bytes: 1, files: 1 }] }),
  );
  const { token } = await signIn(context, member);
  return { app, token, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

test("each procedure needs what is written here: a new one is a door that somebody looked at", () => {
  const doors = procedures.map(({ path, type, meta }) =>
    [path, type, meta.who, meta.does, meta.on ?? "-"].join(" "),
  );
  expect(doors).toMatchInlineSnapshot(`
    [
      "audit.list query member read -",
      "auth.changePassword mutation member account -",
      "auth.login mutation public account -",
      "auth.logout mutation member account -",
      "auth.readLink mutation public account -",
      "auth.redeemLink mutation public account -",
      "auth.revokeSession mutation member account session",
      "auth.sessions query member account -",
      "auth.setup mutation anyone account -",
      "auth.state query anyone read -",
      "auth.totpBegin mutation member account -",
      "auth.totpConfirm mutation member account -",
      "auth.totpDisable mutation member account -",
      "auth.updateProfile mutation member account -",
      "backups.create mutation member operate instanceIds",
      "backups.dismissSnapshot mutation operator admin snapshot",
      "backups.downloadTicket mutation member operate backup",
      "backups.get query member read backup",
      "backups.keepRestored mutation operator operate snapshot",
      "backups.list query member read -",
      "backups.plan query operator read backup",
      "backups.policy query operator read -",
      "backups.previewPolicy query operator read -",
      "backups.remove mutation operator admin backup",
      "backups.restore mutation operator operate backup",
      "backups.revert mutation operator operate snapshot",
      "backups.savePolicy mutation administrator admin -",
      "backups.snapshots query operator read -",
      "backups.test mutation operator operate backup",
      "backups.update mutation operator operate backup",
      "backups.verify mutation member operate backup",
      "backups.watch subscription member read -",
      "backups.watchUpload subscription operator read -",
      "batches.pause mutation member operate job",
      "batches.resume mutation member operate job",
      "batches.retry mutation member operate job",
      "batches.run mutation member operate someInstances",
      "batches.undo mutation member operate job",
      "conditions.list query member read -",
      "conditions.watch subscription member read -",
      "configRollouts.preview query member operate someInstances",
      "configRollouts.run mutation member operate someInstances",
      "configRollouts.undo mutation member operate job",
      "image.get mutation operator operate -",
      "instances.approveDevice mutation member operate device",
      "instances.assign mutation administrator admin instances",
      "instances.channels query member read instance",
      "instances.compareConfigs query member operate instance",
      "instances.configForms query member operate instance",
      "instances.configHistory query member operate instance",
      "instances.configVersion query member operate instance",
      "instances.create mutation operator admin instance",
      "instances.enter mutation member account instance",
      "instances.get query member read instance",
      "instances.init mutation member operate instance",
      "instances.limits query member read instance",
      "instances.list query member read -",
      "instances.logs subscription member read instance",
      "instances.managedKeys query member operate instance",
      "instances.modelState query member read instance",
      "instances.olderLogs query member read instance",
      "instances.open mutation member operate instance",
      "instances.pairing query member read instance",
      "instances.prepareChecks query member operate instance",
      "instances.proposePort query operator read -",
      "instances.providers query member operate instance",
      "instances.readConfig query member operate instance",
      "instances.rejectDevice mutation member operate device",
      "instances.remove mutation operator admin instance",
      "instances.removeDevice mutation member operate device",
      "instances.restart mutation member operate instance",
      "instances.restoreConfig mutation member operate instance",
      "instances.saveConfig mutation member operate instance",
      "instances.start mutation member operate instance",
      "instances.stats subscription member read -",
      "instances.stop mutation member operate instance",
      "instances.stopNow mutation member operate instance",
      "instances.update mutation operator admin instance",
      "instances.validateConfig query member operate instance",
      "instances.watch subscription member read -",
      "instances.watchConfig subscription member operate instance",
      "jobs.cancel mutation member operate job",
      "jobs.get query member read job",
      "jobs.list query member read -",
      "jobs.log query member read job",
      "jobs.watch subscription member read -",
      "network.probe mutation administrator admin -",
      "network.save mutation administrator admin -",
      "network.status query administrator admin -",
      "system.saveSettings mutation administrator admin -",
      "system.status query member read -",
      "templates.draft query administrator admin instance",
      "templates.get query administrator admin template",
      "templates.list query operator read -",
      "templates.remove mutation administrator admin template",
      "templates.save mutation administrator admin template",
      "tokens.create mutation member account instanceIds",
      "tokens.list query member account -",
      "tokens.remove mutation member account token",
      "users.create mutation administrator admin user",
      "users.invite mutation administrator admin invitation",
      "users.list query administrator admin -",
      "users.remove mutation administrator admin user",
      "users.resetLink mutation administrator admin user",
      "users.update mutation administrator admin user",
    ]
  `);
});

test("each role and each scope is refused what is beyond it", async () => {
  await using app = await createTestApp();
  const { context } = app;
  const operator = await haveUser(context.store, "olaf", "operator");
  context.access.people.set(operator);
  const { token } = await signIn(context, operator);
  const forAdministrators = guarded.filter(({ meta }) => meta.who === "administrator");
  expect(forAdministrators.length).toBeGreaterThan(5);
  for (const procedure of forAdministrators)
    expect(await knock(app, procedure, token), procedure.path).toBe("FORBIDDEN");
  for (const scope of ["read", "operate"] as const) {
    const made = await app.client.tokens.create.mutate({
      ...{ name: scope, scope, password: TEST_PASSWORD },
    });
    for (const procedure of guarded) {
      const { does } = procedure.meta;
      if (does !== "account" && covers(scope, does)) continue;
      const said = await knock(app, procedure, made.token);
      expect(said, `${procedure.path} by a token for ${scope}`).toBe("FORBIDDEN");
    }
  }
});

test("a file is taken from nobody who may not manage backups", async () => {
  await using world = await withMember();
  const answer = await fetch(`${world.app.url}/backups/upload`, {
    ...{ method: "POST", body: "x" },
    headers: {
      "content-type": "application/octet-stream",
      authorization: `Bearer ${world.token}`,
    },
  });
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("FORBIDDEN")]);
});

test("every procedure says what it needs, and no other than these is public", () => {
  for (const { path, meta } of procedures) expect(meta, path).toBeDefined();
  const open = procedures.filter(({ meta }) => meta.who === "public" || meta.who === "anyone");
  expect(open.map(({ path }) => path)).toEqual(PUBLIC);
});

describe("without a session", () => {
  test("every other procedure is refused, whatever is sent", async () => {
    await using app = await createTestApp();
    for (const procedure of guarded) {
      for (const token of [null, "", "undefined", "claw_", "x".repeat(43)])
        expect(await knock(app, procedure, token), procedure.path).toBe("UNAUTHENTICATED");
      expect(await knock(app, procedure, null, {}), procedure.path).toBe("UNAUTHENTICATED");
    }
  });

  test("and so is every route of the server but the page, /healthz and /ca.crt", async () => {
    await using app = await createTestApp();
    const routes = app.server.printRoutes({ commonPrefix: false }).split("\n").filter(Boolean);
    expect(routes.map((route) => route.replace(/^[├└─│ ]+/, ""))).toMatchInlineSnapshot(`
      [
        "/healthz (GET, HEAD)",
        "/trpc (GET, HEAD)",
        "/:path (GET, HEAD, TRACE, DELETE, OPTIONS, PATCH, PUT, POST, QUERY)",
        "/backups/download/:ticket (GET, HEAD)",
        "/backups/upload (POST)",
        "/schemas/:key (GET, HEAD)",
        "/ca.crt (GET, HEAD)",
      ]
    `);
    const options = { method: "POST", headers: { "content-type": "application/octet-stream" } };
    const upload = await fetch(`${app.url}/backups/upload`, { ...options, body: "x" });
    expect(upload.status).toBe(401);
    expect(await upload.text()).toContain("UNAUTHENTICATED");
    expect((await fetch(`${app.url}/backups/download/${"a".repeat(64)}`)).status).toBe(404);
    expect((await fetch(`${app.url}/schemas/${"a".repeat(64)}`)).status).toBe(401);
    expect((await fetch(`${app.url}/trpc`)).status).toBe(426);
  });
});

test("with a session that has run out or was ended every procedure is refused", async () => {
  await using app = await createTestApp();
  const admin = await haveUser(app.context.store, "admin", "administrator");
  const { token: ended, viewer } = await signIn(app.context, admin);
  await app.context.store.deleteSession(viewer.id);
  for (const procedure of guarded)
    expect(await knock(app, procedure, ended), procedure.path).toBe("UNAUTHENTICATED");
  app.host.advance(SESSION_IDLE_MS);
  for (const procedure of guarded)
    expect(await knock(app, procedure, app.token), procedure.path).toBe("UNAUTHENTICATED");
});

test("before the set-up nothing else answers, also with what was a session", async () => {
  await using app = await createTestApp();
  app.context.access.people.delete("u-admin");
  for (const procedure of procedures) {
    if (procedure.path === "auth.state" || procedure.path === "auth.setup") continue;
    expect(await knock(app, procedure, app.token), procedure.path).toBe("SETUP_REQUIRED");
  }
  expect(await app.client.auth.state.query()).toMatchObject({ initialized: false });
});

describe("a member", () => {
  /** Procedures about no single instance; they show members only their own data. */
  const OPEN_TO_MEMBERS = [
    "audit.list",
    "auth.changePassword",
    "auth.logout",
    "auth.revokeSession",
    "auth.sessions",
    "auth.totpBegin",
    "auth.totpConfirm",
    "auth.totpDisable",
    "auth.updateProfile",
    "backups.list",
    "backups.watch",
    "conditions.list",
    "conditions.watch",
    "instances.list",
    "instances.stats",
    "instances.watch",
    "jobs.list",
    "jobs.watch",
    "system.status",
    "tokens.list",
    "tokens.remove",
  ];

  test("is refused everything about what is somebody else's, as if it were not there", async () => {
    await using world = await withMember();
    const { app, token } = world;
    const hidden: Reason[] = ["INSTANCE_NOT_FOUND", "JOB_NOT_FOUND", "BACKUP_NOT_FOUND"];
    for (const procedure of guarded) {
      if (OPEN_TO_MEMBERS.includes(procedure.path)) continue;
      const said = await knock(app, procedure, token);
      const isMembers = procedure.meta.who === "member";
      expect(isMembers ? hidden : ["FORBIDDEN"], procedure.path).toContain(said);
    }
    const theirs = app.context.runtime.live.board.get("theirs");
    expect(theirs).toMatchObject({ desired: "stopped", owner: null });
    expect((await app.context.runtime.jobs.get("theirs")).status).toBe("running");
    expect(await app.client.backups.list.query()).toHaveLength(1);
  });

  test("finds in every list and stream only what is theirs", async () => {
    await using world = await withMember();
    const { app, token } = world;
    for (const path of OPEN_TO_MEMBERS) {
      const procedure = guarded.find((each) => each.path === path);
      expect(procedure?.meta.on ?? "session", path).toMatch(/^(session|token)$/);
      if (procedure?.type !== "query") continue;
      const response = await fetch(`${app.url}/trpc/${path}?input=%7B%7D`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(response.status, path).toBe(200);
      expect(await response.text(), path).not.toContain("theirs");
    }
  });
});
