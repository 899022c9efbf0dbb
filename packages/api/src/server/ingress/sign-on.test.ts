import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Instance, Opened } from "../../../tests/support/opened.ts";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import { createClawClient } from "../../client.ts";
import { assignInstances } from "../../services/instance/assign-instances.ts";
import { stopInstance } from "../../services/instance/stop-instance.ts";
import { openInstanceSessions } from "../../services/opening/instance-sessions.ts";
import { OPEN_TICKET_MS } from "../../services/runtime/open-tickets.ts";

let opened: Opened;
let anna: Instance;
let ben: Instance;
beforeAll(async () => {
  opened = await Opened.begin();
  anna = await opened.instance("anna");
  ben = await opened.instance("ben");
});
afterAll(() => opened[Symbol.asyncDispose]());

async function userWith(name: string, role: "member" | "operator" | "administrator") {
  const { store, host } = opened.app.context;
  const user = await haveUser(store, name, role);
  opened.app.context.access.people.set(user);
  return { user, ...(await signIn({ store, host }, user)) };
}

describe("a ticket", () => {
  test("is good once", async () => {
    const { ticket } = await opened.ticket(anna);
    expect((await opened.enter(anna, ticket)).status).toBe(200);
    expect((await opened.enter(anna, ticket)).status).toBe(403);
  });

  test("is burnt by a refusal", async () => {
    const { ticket } = await opened.ticket(anna);
    expect((await opened.enter(ben, ticket)).status).toBe(403);
    expect((await opened.enter(anna, ticket)).status).toBe(403);
  });

  test.each([
    ["another page", "http://evil.example"],
    ["a sandboxed page", "null"],
    ["the instance's own page", undefined],
  ])("from %s is refused", async (_, origin) => {
    const { ticket } = await opened.ticket(anna);
    expect((await opened.enter(anna, ticket, { origin: origin ?? anna.origin })).status).toBe(403);
  });

  test("expires after half a minute", async () => {
    const { ticket } = await opened.ticket(anna);
    opened.app.host.advance(OPEN_TICKET_MS);
    expect((await opened.enter(anna, ticket)).status).toBe(403);
  });

  test("is not given for the label of another instance", async () => {
    await expect(
      opened.app.client.instances.enter.mutate({ id: "anna", label: ben.spec.label }),
    ).rejects.toThrow("There is no instance anna");
  });
});

describe("a session", () => {
  test("is a cookie that scripts, other names and plain HTTP elsewhere cannot set", async () => {
    const { ticket } = await opened.ticket(anna);
    const { headers, body } = await opened.enter(anna, ticket);
    expect(headers["set-cookie"]?.[0]).toMatch(
      new RegExp(
        `^__Host-Http-i-${anna.spec.label}=[\\w.-]+; Path=/; HttpOnly; SameSite=Strict; Secure$`,
      ),
    );
    expect(body).toContain('content="0;url=/"');
  });

  test("is one instance's: neither another's nor the panel's credential is one", async () => {
    const cookie = await opened.signOn(ben);
    const value = cookie.split("=")[1];
    const name = `__Host-Http-i-${anna.spec.label}`;
    for (const each of [cookie, `${name}=${value}`, `${name}=${opened.app.token}`, `${name}=x.y`])
      expect((await opened.ask(anna.host, "/", { headers: { cookie: each } })).status).toBe(401);
    expect((await opened.ask(ben.host, "/", { headers: { cookie } })).status).toBe(200);
  });

  test("survives a panel that starts again", async () => {
    const { store, host } = opened.app.context;
    const again = await openInstanceSessions({ store, host });
    const value = (await opened.signOn(anna)).split("=")[1] ?? "";
    expect(again.unseal(value)).toMatchObject({ instanceUid: anna.spec.uid });
  });

  test("is missing for a bookmark, which leads to the panel and back to its place", async () => {
    const headers = { accept: "text/html" };
    const answered = await opened.ask(anna.host, "/chat?x=1", { headers });
    expect([answered.status, answered.headers.location]).toEqual([
      303,
      `${opened.panel}/open/anna/${anna.spec.label}#to=%2Fchat%3Fx%3D1`,
    ]);
    expect((await opened.ask(anna.host, "/chat")).status).toBe(401);
  });
});

describe("who may look", () => {
  test("a member opens their own as its owner, and nobody else's", async () => {
    const { user, token } = await userWith("mia", "member");
    await assignInstances(opened.app.context, { ids: ["ben"], owner: "mia" });
    const mine = { ...ben, spec: { ...ben.spec, owner: user.id } };
    const cookie = await opened.signOn(mine, { token, access: "read" });
    await opened.ask(ben.host, "/", { headers: { cookie } });
    const raw = ben.upstream.seen.at(-1)?.rawHeaders ?? [];
    expect(raw[raw.indexOf(ben.spec.ingress?.header ?? "") + 1]).toBe("owner");
    expect(raw).not.toContain("x-openclaw-scopes");
    await expect(opened.ticket(anna, { token })).rejects.toThrow("There is no instance anna");
    await assignInstances(opened.app.context, { ids: ["ben"], owner: null });
    expect((await opened.ask(ben.host, "/", { headers: { cookie } })).status).toBe(401);
  });

  test("an administrator only reads a colleague's, unless they ask for more, which is recorded", async () => {
    await userWith("nora", "member");
    await assignInstances(opened.app.context, { ids: ["ben"], owner: "nora" });
    const scopesOf = async (cookie: string) => {
      await opened.ask(ben.host, "/", { headers: { cookie } });
      const raw = ben.upstream.seen.at(-1)?.rawHeaders ?? [];
      const at = raw.indexOf("x-openclaw-scopes");
      return at < 0 ? null : raw[at + 1];
    };
    expect(await scopesOf(await opened.signOn(ben))).toBe("operator.read");
    expect(await scopesOf(await opened.signOn(ben, { access: "full" }))).toBeNull();
    const { entries } = await opened.app.client.audit.list.query({ action: "instances.openFully" });
    expect(entries).toMatchObject([{ user: "admin", instanceIds: ["ben"], result: "ok" }]);
    await assignInstances(opened.app.context, { ids: ["ben"], owner: null });
  });
});

describe("an open WebSocket", () => {
  async function connected(token?: string) {
    const cookie = await opened.signOn(anna, token === undefined ? {} : { token });
    const headers = { Cookie: cookie, Origin: anna.origin };
    const [socket, answer] = await opened.upgrade(anna.host, headers);
    expect(answer).toContain(" 101 ");
    return { socket, cookie, closed: once(socket, "close") };
  }

  test("carries bytes both ways, unread", async () => {
    const { socket } = await connected();
    const bytes = Buffer.from([0x81, 0xff, 0x00, 0x0a, 0x0d]);
    socket.write(bytes);
    const [back] = (await once(socket, "data")) as [Buffer];
    expect(back.equals(bytes)).toBe(true);
    socket.destroy();
  });

  test("ends with the panel session", async () => {
    const { token } = await userWith("ola", "operator");
    const { closed, cookie } = await connected(token);
    await createClawClient({ url: opened.panel, token }).auth.logout.mutate();
    await closed;
    expect((await opened.ask(anna.host, "/", { headers: { cookie } })).status).toBe(401);
  });

  test("ends when its instance stops, of which the ingress then says so", async () => {
    const { closed, cookie } = await connected();
    await stopInstance(opened.app.context, "anna");
    await closed;
    const before = anna.upstream.seen.length;
    expect((await opened.ask(anna.host, "/", { headers: { cookie } })).status).toBe(502);
    expect(anna.upstream.seen).toHaveLength(before);
  });
});

test.each([
  "nobody-0000000000.localhost",
  "localhost.localhost",
])("a name of no instance is misdirected, and the answer shows it beside the form of theirs: %s", async (name) => {
  const { status, body } = await opened.ask(`${name}:${opened.port}`, "/");
  expect(status).toBe(421);
  expect(body).toContain(`<code>${name}:${opened.port}</code>`);
  expect(body).toContain(`http://&#60;id&#62;-&#60;random&#62;.localhost:${opened.port}`);
  const [socket, answer] = await opened.upgrade(`${name}:${opened.port}`, { Origin: "http://x" });
  expect(answer).toContain(" 421 ");
  socket.destroy();
});

test("the answer names both Hosts when a proxy drops the port", async () => {
  const name = `${anna.spec.label}.localhost`;
  for (const host of [name, `${name}:1`]) {
    const { status, body } = await opened.ask(host, "/");
    expect(status).toBe(421);
    for (const value of [`<code>${host}</code>`, `.localhost:${opened.port}</code>`, "$http_host"])
      expect(body).toContain(value);
  }
  const { status, body } = await opened.ask("<script>.localhost", "/");
  expect([status, body.includes("<script")]).toEqual([421, false]);
});

test("a signed-on reader learns that a proxy lets no WebSocket through", async () => {
  const cookie = await opened.signOn(ben);
  const lost = { origin: ben.origin, "sec-websocket-key": "x", "sec-websocket-version": "13" };
  const before = ben.upstream.seen.length;
  const { status, body } = await opened.ask(ben.host, "/", { headers: { cookie, ...lost } });
  expect(status).toBe(426);
  for (const text of ["代理没有放行 WebSocket", "The WebSocket is not let through"])
    expect(body).toContain(text);
  expect(ben.upstream.seen).toHaveLength(before);
  const blocked = async () => {
    const { conditions } = await opened.app.context.runtime.conditions.read();
    return conditions.some(({ code }) => code === "WEBSOCKET_BLOCKED");
  };
  expect(await blocked()).toBe(true);
  const [socket, answer] = await opened.upgrade(ben.host, { Cookie: cookie, Origin: ben.origin });
  expect([answer.includes(" 101 "), await blocked()]).toEqual([true, false]);
  socket.destroy();
  // Nobody else can cause it.
  expect((await opened.ask(ben.host, "/", { headers: lost })).status).toBe(401);
  expect(await blocked()).toBe(false);
});
