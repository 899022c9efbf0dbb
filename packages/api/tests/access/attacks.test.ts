import { Secret, TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import { createClawClient } from "../../src/client.ts";
import { newAuditDraft } from "../../src/services/access/admit.ts";
import { logIn } from "../../src/services/access/log-in.ts";
import { newFactor } from "../../src/services/access/one-time-code.ts";
import { hashPassword } from "../../src/services/access/password-hash.ts";
import { hashSecret } from "../../src/services/access/secrets.ts";
import { archiveBytes } from "../support/archive-bytes.ts";
import { eventually } from "../support/deadline.ts";
import { FakeHost } from "../support/fake-host.ts";
import { haveUser, signIn, TEST_PASSWORD, userOf } from "../support/sign-in.ts";
import {
  createTestApp,
  createTestPanel,
  type TestApp,
  type TestPanel,
} from "../support/test-app.ts";

const PASSWORD = "four unrelated lobster words";

/** Somebody with a password. */
async function withPassword(panel: TestPanel, username: string, role = "member" as const) {
  const user = userOf({ id: `u-${username}`, username, role });
  await panel.context.store.insertUser({ ...user, passwordHash: await hashPassword(PASSWORD) });
  panel.context.access.people.set(user);
  return user;
}

const from = (address: string) => {
  const origin = { address, userAgent: "" };
  return { origin, audit: newAuditDraft({ action: "auth.login", origin }) };
};

const reasonOf = (error: { data?: { reason: string }; reason?: string }) =>
  error.data?.reason ?? error.reason ?? "?";

/** A clock that stands still unless it is moved: waits do not pass by themselves. */
function stoppedClock(): FakeHost {
  const host = new FakeHost();
  const start = Date.now();
  let ahead = 0;
  host.now = () => start + ahead;
  host.advance = (ms) => {
    ahead += ms;
  };
  return host;
}

describe("guessing a password", () => {
  const guess = (panel: TestPanel, username: string, address: string, password = "wrong") =>
    logIn(panel.context, { username, password }, from(address)).then(() => "in", reasonOf);

  test("a thousand times from one place gets a few tries, and locks out nobody else", async () => {
    await using panel = await createTestPanel({ host: stoppedClock() });
    await withPassword(panel, "mina");
    await withPassword(panel, "olaf");
    const said = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) => guess(panel, "mina", "10.0.0.66", `guess ${n}`)),
    );
    const counts = Map.groupBy(said, (reason) => reason);
    expect([...counts.keys()].sort()).toEqual(["CREDENTIALS_WRONG", "TOO_MANY_ATTEMPTS"]);
    expect(counts.get("CREDENTIALS_WRONG")?.length).toBeLessThanOrEqual(6);
    expect(await guess(panel, "mina", "10.0.0.66", PASSWORD)).toBe("TOO_MANY_ATTEMPTS");
    expect(await guess(panel, "mina", "10.0.0.5", PASSWORD)).toBe("in");
    expect(await guess(panel, "olaf", "10.0.0.66", PASSWORD)).toBe("in");
  });

  test("from a thousand places slows the account down, but not where its owner has been", async () => {
    await using panel = await createTestPanel({ host: stoppedClock() });
    await withPassword(panel, "mina");
    expect(await guess(panel, "mina", "10.0.0.5", PASSWORD)).toBe("in");
    const places = Array.from({ length: 1_000 }, (_, n) => `10.1.${n >> 8}.${n & 255}`);
    const said = await Promise.all(places.map((address) => guess(panel, "mina", address)));
    const tried = said.filter((reason) => reason === "CREDENTIALS_WRONG");
    expect(tried.length).toBeLessThanOrEqual(21);
    expect(await guess(panel, "mina", "10.2.0.1", PASSWORD)).toBe("TOO_MANY_ATTEMPTS");
    expect(await guess(panel, "mina", "10.0.0.5", PASSWORD)).toBe("in");
  });

  test("forty names from the address that all share does not keep a colleague's first log-in out", async () => {
    await using panel = await createTestPanel({ host: stoppedClock() });
    await withPassword(panel, "berta");
    const proxy = "127.0.0.1";
    for (let n = 0; n < 32; n++) await guess(panel, "admin", proxy);
    const said: string[] = [];
    for (let n = 0; n < 40; n++) said.push(await guess(panel, `user${n}`, proxy));
    expect(await guess(panel, "berta", proxy, "mistyped")).toBe("CREDENTIALS_WRONG");
    expect(await guess(panel, "berta", proxy, PASSWORD)).toBe("in");
    // Nor is more to be had by it: a name that exists is answered as one that does not.
    expect(new Set(said)).toEqual(new Set(["CREDENTIALS_WRONG"]));
    for (const name of ["user1", "user1", "user1"]) said.push(await guess(panel, name, proxy));
    expect(said.at(-1)).toBe("TOO_MANY_ATTEMPTS");
  });

  test("any number of names from one address ends, too", { timeout: 60_000 }, async () => {
    await using panel = await createTestPanel({ host: stoppedClock() });
    const names = Array.from({ length: 320 }, (_, n) => `user${n}`);
    const said: string[] = [];
    for (const name of names) said.push(await guess(panel, name, "10.0.0.66"));
    expect(said.filter((reason) => reason === "CREDENTIALS_WRONG")).toHaveLength(300);
  });

  test("from the same address does not keep out who logs in by a browser that is known", async () => {
    await using panel = await createTestPanel({ host: stoppedClock() });
    await withPassword(panel, "mina");
    await withPassword(panel, "olaf");
    const address = "127.0.0.1";
    const enter = (username: string, browser: string, password = PASSWORD) =>
      logIn(panel.context, { username, password, browser }, from(address));
    const { browser } = await enter("mina", "");
    for (let n = 0; n < 50; n++) await guess(panel, "mina", address);
    expect(await guess(panel, "mina", address, PASSWORD)).toBe("TOO_MANY_ATTEMPTS");
    expect((await enter("mina", browser)).browser).toBe(browser);

    // It is known by the account that has logged in, and guesses no better than others.
    const wrong = () => enter("mina", browser, "wrong").then(() => "in", reasonOf);
    const tried = await Promise.all(Array.from({ length: 20 }, wrong));
    expect(tried.filter((reason) => reason === "CREDENTIALS_WRONG")).toHaveLength(5);
    for (let n = 0; n < 50; n++) await guess(panel, "olaf", address);
    expect(await enter("olaf", browser).then(() => "in", reasonOf)).toBe("TOO_MANY_ATTEMPTS");
  });

  test("gets slower with each failure, is told how long, and is possible again after that", async () => {
    await using panel = await createTestPanel({ host: stoppedClock() });
    await withPassword(panel, "mina");
    const waits: number[] = [];
    for (let round = 0; round < 14; round++) {
      const error = await logIn(
        panel.context,
        { username: "mina", password: "wrong" },
        from("10.0.0.66"),
      ).catch((thrown) => thrown);
      if (reasonOf(error) === "CREDENTIALS_WRONG") continue;
      waits.push(error.retryAfterSeconds);
      panel.host.advance(error.retryAfterSeconds * 1_000);
    }
    expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8]);
    panel.host.advance(15 * 60_000);
    expect(await guess(panel, "mina", "10.0.0.66", PASSWORD)).toBe("in");
  });

  test("does not tell which names exist", async () => {
    await using panel = await createTestPanel({ host: stoppedClock() });
    await withPassword(panel, "mina");
    const messages = await Promise.all(
      ["mina", "nobody", "admin", "__proto__", "constructor"].map((username) =>
        logIn(panel.context, { username, password: "x" }, from("10.0.0.7")).catch(
          (error: Error) => error.message,
        ),
      ),
    );
    expect(new Set(messages).size).toBe(1);
  });
});

describe("the second factor", () => {
  const { secret } = newFactor("5a".repeat(20), "mina");
  const RECOVERY = ["7KQM-2XVD-9HTR", "8KQM-2XVD-9HTR"];
  const codeAt = (at: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

  /** A clock that stands still, and somebody who has a password and a second factor. */
  async function withFactor() {
    const panel = await createTestPanel({ host: stoppedClock() });
    const { id } = await withPassword(panel, "mina");
    const recoveryHashes = RECOVERY.map(hashSecret);
    await panel.context.store.updateUser(id, { totpSecret: secret, recoveryHashes });
    return panel;
  }
  const enter = (panel: TestPanel, totp: string | undefined, address = "10.0.0.66") =>
    logIn(panel.context, { username: "mina", password: PASSWORD, totp }, from(address)).then(
      () => "in",
      reasonOf,
    );

  test.each([
    ["a code of the device", codeAt],
    ["a recovery code", () => RECOVERY[0]],
  ])("%s lets one of six log-ins at once in, and none after it", async (_, codeOf) => {
    await using panel = await withFactor();
    const code = codeOf(panel.host.now());
    const said = await Promise.all(Array.from({ length: 6 }, () => enter(panel, code)));
    expect(said.filter((each) => each === "in")).toHaveLength(1);
    panel.host.advance(1_000);
    expect(await enter(panel, code)).toBe("TOTP_WRONG");
  });

  test("each recovery code is good once, also when several are used at once", async () => {
    await using panel = await withFactor();
    const said = await Promise.all(RECOVERY.map((code) => enter(panel, code)));
    expect(said).toEqual(["in", "in"]);
    expect((await panel.context.store.findUser("mina"))?.recoveryHashes).toEqual([]);
  });

  test("is not guessed by who knows the password, whatever is done in between", async () => {
    await using panel = await withFactor();
    const said: string[] = [];
    for (let n = 0; n < 12; n++) {
      const address = `10.1.0.${n}`;
      said.push(await enter(panel, "000000", address), await enter(panel, undefined, address));
    }
    expect(said.filter((each) => each === "TOTP_WRONG")).toHaveLength(5);
    panel.host.advance(24 * 3_600_000);
    expect(await enter(panel, "000000")).toBe("TOTP_WRONG");
    expect(await enter(panel, "000000")).toBe("TOO_MANY_ATTEMPTS");
    panel.host.advance(15 * 60_000);
    expect(await enter(panel, codeAt(panel.host.now()))).toBe("in");
    expect(await enter(panel, "000000")).toBe("TOTP_WRONG");
  });

  test("is not locked for its owner where they have been before", async () => {
    await using panel = await withFactor();
    expect(await enter(panel, RECOVERY[0], "10.0.0.5")).toBe("in");
    for (let n = 0; n < 10; n++) await enter(panel, "000000");
    expect(await enter(panel, RECOVERY[1])).toBe("TOO_MANY_ATTEMPTS");
    expect(await enter(panel, RECOVERY[1], "10.0.0.5")).toBe("in");
  });
});

describe("a session", () => {
  const stateOf = (app: TestApp, token: string) =>
    createClawClient({ url: app.url, token }).auth.state.query();

  test("is never the one that somebody brought along", async () => {
    await using app = await createTestApp();
    await withPassword(app, "mina");
    const chosen = "A".repeat(43);
    const login = { username: "mina", password: PASSWORD };
    const { token } = await createClawClient({ url: app.url, token: chosen }).auth.login.mutate(
      login,
    );
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(token).not.toBe(chosen);
    expect((await stateOf(app, chosen)).user).toBeNull();
    expect((await stateOf(app, token)).user).toMatchObject({ username: "mina", role: "member" });
  });

  test("is worth nothing after the log-out, and neither is a ticket that was asked for in it", async () => {
    await using app = await createTestApp();
    const body = await archiveBytes(app.context);
    const headers = {
      authorization: `Bearer ${app.token}`,
      "content-type": "application/octet-stream",
    };
    const sent = { method: "POST", headers, body: new Uint8Array(body) };
    const uploaded = await fetch(`${app.url}/backups/upload`, sent);
    const { id } = (await uploaded.json()) as { id: string };
    const [first, second] = [
      await app.client.backups.downloadTicket.mutate({ id }),
      await app.client.backups.downloadTicket.mutate({ id }),
    ];
    expect((await fetch(app.url + first.url)).status).toBe(200);
    expect((await fetch(app.url + first.url)).status).toBe(404);
    await app.client.auth.logout.mutate();
    await expect(app.client.instances.list.query()).rejects.toMatchObject({
      data: { code: "UNAUTHORIZED", reason: "UNAUTHENTICATED" },
    });
    expect((await fetch(app.url + second.url)).status).toBe(404);
  });

  test("is not taken from an address", async () => {
    await using app = await createTestApp();
    const params = encodeURIComponent(JSON.stringify({ token: app.token }));
    for (const query of [`connectionParams=${params}`, `token=${app.token}`]) {
      const response = await fetch(`${app.url}/trpc/instances.list?${query}`);
      expect(response.status).toBe(401);
    }
  });

  test("leaves neither token nor password in the log, the audit trail or the database", async () => {
    await using app = await createTestApp();
    await withPassword(app, "mina");
    const client = createClawClient({ url: app.url });
    const login = { username: "mina", password: PASSWORD };
    const { token } = await client.auth.login.mutate(login);
    await client.auth.login.mutate({ ...login, password: "a wrong passphrase" }).catch(() => 0);
    await client.auth.login
      .mutate({ username: "typed my secret here", password: "x" })
      .catch(() => 0);
    const own = createClawClient({ url: app.url, token });
    const made = await own.tokens.create.mutate({ name: "ci", scope: "read" }).catch(() => null);
    const { entries } = await app.client.audit.list.query({ limit: 1_000 });
    const all = JSON.stringify([entries, app.logged, await app.context.store.listUsers()]);
    for (const secret of [token, PASSWORD, "a wrong passphrase", "typed my secret", made?.token])
      if (secret) expect(all).not.toContain(secret);
    expect(entries.map(({ action, user, result }) => [action, user, result])).toEqual([
      ["tokens.create", "mina", "FORBIDDEN"],
      ["auth.login", null, "CREDENTIALS_WRONG"],
      ["auth.login", "mina", "CREDENTIALS_WRONG"],
      ["auth.login", "mina", "ok"],
    ]);
  });
});

describe("an API token", () => {
  test("is made only by who knows the password, and guesses are slowed down", async () => {
    await using app = await createTestApp();
    const make = (password?: string) =>
      app.client.tokens.create
        .mutate({ name: "ci", scope: "read", ...(password !== undefined && { password }) })
        .then(() => "made", reasonOf);
    expect([await make(), await make("")]).toEqual(["PASSWORD_REQUIRED", "PASSWORD_REQUIRED"]);
    expect(await app.client.tokens.list.query()).toEqual([]);
    expect(await make(TEST_PASSWORD)).toBe("made");
    const said = await Promise.all(Array.from({ length: 8 }, () => make("guessed")));
    expect(said.filter((reason) => reason === "CREDENTIALS_WRONG").length).toBeLessThanOrEqual(5);
    expect(said).toContain("TOO_MANY_ATTEMPTS");
  });

  test.each([
    true,
    false,
  ])("ends with a new password, unless it is to stay: %s", async (revokes) => {
    await using app = await createTestApp();
    const wish = revokes ? {} : { revokeOthers: false };
    const named = { name: "ci", scope: "read", password: TEST_PASSWORD } as const;
    const { token } = await app.client.tokens.create.mutate(named);
    const link = await app.client.users.resetLink.mutate({ username: "admin" });
    const passwords = { password: TEST_PASSWORD, newPassword: PASSWORD };
    await app.client.auth.changePassword.mutate({ ...passwords, ...wish });
    const program = createClawClient({ url: app.url, token });
    const anonymous = createClawClient({ url: app.url });
    const asked = program.instances.list.query().then(() => "done", reasonOf);
    const redeemed = anonymous.auth.redeemLink.mutate({ code: link.code, password: PASSWORD });
    expect([await asked, await redeemed.then(() => "done", reasonOf)]).toEqual(
      revokes ? ["UNAUTHENTICATED", "LINK_INVALID"] : ["done", "done"],
    );
  });

  test("ends with a password that is set by a link", async () => {
    await using app = await createTestApp();
    const named = { name: "ci", scope: "read", password: TEST_PASSWORD } as const;
    const { token } = await app.client.tokens.create.mutate(named);
    const { code } = await app.client.users.resetLink.mutate({ username: "admin" });
    const anonymous = createClawClient({ url: app.url });
    await anonymous.auth.redeemLink.mutate({ code, password: PASSWORD });
    const asked = createClawClient({ url: app.url, token }).instances.list.query();
    expect(await asked.then(() => "done", reasonOf)).toBe("UNAUTHENTICATED");
  });

  test("does what its scope says, for its instances, until it is taken back", async () => {
    await using app = await createTestApp();
    for (const id of ["anna", "ben"])
      await app.client.instances.create.mutate({ id, name: id, start: false });
    const read = await app.client.tokens.create.mutate({
      ...{ name: "read", scope: "read", password: TEST_PASSWORD },
    });
    const one = await app.client.tokens.create.mutate({
      password: TEST_PASSWORD,
      name: "one",
      scope: "operate",
      instanceIds: ["anna"],
    });
    const as = (token: string) => createClawClient({ url: app.url, token });
    const refused = (call: Promise<unknown>) => call.then(() => "done", reasonOf);

    expect(await as(read.token).instances.list.query()).toHaveLength(2);
    expect(await refused(as(read.token).instances.start.mutate({ id: "anna" }))).toBe("FORBIDDEN");
    expect(await refused(as(read.token).instances.readConfig.query({ id: "anna" }))).toBe(
      "FORBIDDEN",
    );
    expect(await refused(as(read.token).tokens.list.query())).toBe("FORBIDDEN");

    expect((await as(one.token).instances.list.query()).map(({ id }) => id)).toEqual(["anna"]);
    expect(await refused(as(one.token).instances.start.mutate({ id: "anna" }))).toBe("done");
    expect(await refused(as(one.token).instances.start.mutate({ id: "ben" }))).toBe(
      "INSTANCE_NOT_FOUND",
    );
    expect(await refused(as(one.token).users.list.query())).toBe("FORBIDDEN");
    expect(await refused(as(one.token).instances.create.mutate({ id: "x", name: "x" }))).toBe(
      "FORBIDDEN",
    );

    await app.client.tokens.remove.mutate({ id: one.id });
    expect(await refused(as(one.token).instances.list.query())).toBe("UNAUTHENTICATED");
    app.host.advance(91 * 24 * 3_600_000);
    expect(await refused(as(read.token).instances.list.query())).toBe("UNAUTHENTICATED");
  });
});

test("what belongs to somebody else comes and goes in the list that is watched", async () => {
  await using app = await createTestApp();
  await app.client.instances.create.mutate({ id: "anna", name: "Anna", start: false });
  const mina = await haveUser(app.context.store, "mina", "member");
  app.context.access.people.set(mina);
  const { token } = await signIn(app.context, mina);
  const client = createClawClient({ url: app.url, token });
  const seen: string[] = [];
  const watching = client.instances.watch.subscribe(undefined, {
    onData: (event) => {
      if (event.type === "snapshot") seen.push(`${event.instances.length} there`);
      if (event.type === "changed") seen.push(`${event.instance.id} is ${event.instance.owner}'s`);
      if (event.type === "removed") seen.push(`${event.id} is gone`);
    },
  });
  await eventually(() => expect(seen).toEqual(["0 there"]));
  await app.client.instances.assign.mutate({ ids: ["anna"], owner: "mina" });
  await eventually(() => expect(seen.at(-1)).toBe("anna is mina's"));
  expect(await client.instances.list.query()).toMatchObject([{ id: "anna", owner: "mina" }]);

  const logs = Promise.withResolvers<unknown>();
  const begun = Promise.withResolvers<void>();
  await app.client.instances.start.mutate({ id: "anna" });
  const reading = client.instances.logs.subscribe(
    { id: "anna" },
    { onData: () => begun.resolve(), onError: logs.resolve },
  );
  await begun.promise;
  await app.client.instances.assign.mutate({ ids: ["anna"], owner: null });
  expect(await logs.promise).toMatchObject({ data: { code: "UNAUTHORIZED" } });
  await eventually(() => expect(seen.at(-1)).toBe("anna is gone"));
  watching.unsubscribe();
  reading.unsubscribe();
});
