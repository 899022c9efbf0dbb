import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { type Instance, Opened } from "../../../tests/support/opened.ts";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import { createClawClient } from "../../client.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await Opened.begin();
});
afterAll(() => opened[Symbol.asyncDispose]());

/** Somebody with an open Control UI: its WebSocket, and an answer that is still being sent. */
interface Live {
  id: string;
  username: string;
  sessionId: string;
  cookie: string;
  instance: Instance;
  ended: Promise<unknown>;
}

let count = 0;

async function open(role: "member" | "operator" | "administrator", owns: boolean): Promise<Live> {
  count += 1;
  const username = `user${count}`;
  const id = `live${count}`;
  const { store, host, access } = opened.app.context;
  const user = await haveUser(store, username, role);
  access.people.set(user);
  const { token, viewer } = await signIn({ store, host }, user);
  const instance = await opened.instance(id, owns ? user.id : null);
  instance.upstream.answer = (_: IncomingMessage, response: ServerResponse) =>
    void response.write("begun");
  const cookie = await opened.signOn(instance, { token });
  const headers = { Cookie: cookie, Origin: instance.origin };
  const [socket, answer] = await opened.upgrade(instance.host, headers);
  expect(answer).toContain(" 101 ");
  const streaming = http.get({
    ...{ host: "127.0.0.1", port: opened.port, path: "/stream", agent: false },
    headers: { host: instance.host, cookie },
  });
  const [response] = (await once(streaming, "response")) as [IncomingMessage];
  // An answer that is cut off is an error, and is expected.
  const cut = new Promise((resolve) => response.on("error", () => undefined).on("close", resolve));
  response.resume();
  const ended = Promise.all([once(socket, "close"), cut]);
  return { id, username, sessionId: viewer.id, cookie, instance, ended };
}

/** Begins a stop that waits for running work; its end. */
async function finishing(id: string): Promise<{ stopped: Promise<{ status: string }> }> {
  const { gateways, live } = opened.app.context.runtime;
  const { suspend } = gateways;
  gateways.suspend = async () => ({ id: "s", blockers: [{ kind: "root-request", count: 1 }] });
  const stopped = client().instances.stop.mutate({ id });
  await eventually(() => expect(live.drains.workOf(id)).toEqual(["root-request"]));
  gateways.suspend = suspend;
  return { stopped };
}

const member = () => open("member", true);
const operator = () => open("operator", false);
const client = () => opened.app.client;

const ENDS: [string, () => Promise<Live>, (live: Live) => Promise<unknown>][] = [
  [
    "revokes the session",
    operator,
    async ({ username, sessionId }) => {
      const { store, host } = opened.app.context;
      const { token } = await signIn({ store, host }, await haveUser(store, username, "operator"));
      const theirs = createClawClient({ url: opened.panel, token });
      await theirs.auth.revokeSession.mutate({ id: sessionId });
    },
  ],
  [
    "takes the role away",
    operator,
    ({ username }) => client().users.update.mutate({ username, role: "member" }),
  ],
  [
    "disables the account",
    member,
    ({ username }) => client().users.update.mutate({ username, disabled: true }),
  ],
  ["deletes the account", operator, ({ username }) => client().users.remove.mutate({ username })],
  [
    "gives the instance to somebody else",
    member,
    ({ id }) => client().instances.assign.mutate({ ids: [id], owner: "admin" }),
  ],
  [
    "gives an instance that was nobody's to somebody, whom an operator may only watch",
    operator,
    ({ id }) => client().instances.assign.mutate({ ids: [id], owner: "admin" }),
  ],
  ["stops the instance", member, ({ id }) => client().instances.stop.mutate({ id })],
  ["restarts the instance", member, ({ id }) => client().instances.restart.mutate({ id })],
  [
    "deletes the instance",
    member,
    ({ id }) => client().instances.remove.mutate({ id, deleteData: true }),
  ],
];

describe("what is open at an instance ends at once when somebody", () => {
  test.each(ENDS)("%s", async (_, begin, end) => {
    const live = await begin();
    await end(live);
    // Nothing lets the panel's time pass: what ends it is the event itself.
    await live.ended;
  });

  test("nothing that concerns another instance or another user", async () => {
    const [mine, other] = [await member(), await member()];
    let hasEnded = false;
    void mine.ended.then(() => {
      hasEnded = true;
    });
    await client().instances.assign.mutate({ ids: [other.id], owner: null });
    await client().users.update.mutate({ username: other.username, disabled: true });
    await other.ended;
    mine.instance.upstream.answer = (_: IncomingMessage, response: ServerResponse) =>
      void response.end("here");
    const { host } = mine.instance;
    const answered = await opened.ask(host, "/", { headers: { cookie: mine.cookie } });
    expect([answered.body, hasEnded]).toEqual(["here", false]);
  });

  test("nothing while its stop lets running work finish", async () => {
    const { id, ended } = await member();
    const { stopped } = await finishing(id);
    let hasEnded = false;
    void ended.then(() => {
      hasEnded = true;
    });
    const { statusDetail } = await client().instances.get.query({ id });
    expect([statusDetail?.code, hasEnded]).toEqual(["FINISHING_WORK", false]);
    await client().instances.stopNow.mutate({ id });
    await ended;
    expect((await stopped).status).toBe("stopped");
  });

  test("requests are served while a stop lets running work finish, until the instance goes down", async () => {
    const { id, instance, cookie } = await member();
    instance.upstream.answer = (_: IncomingMessage, response: ServerResponse) =>
      void response.end("here");
    const reload = () => opened.ask(instance.host, "/", { headers: { cookie } });
    const { stopped } = await finishing(id);
    expect((await reload()).body).toBe("here");
    const headers = { Cookie: cookie, Origin: instance.origin };
    const [socket, answer] = await opened.upgrade(instance.host, headers);
    expect(answer).toContain(" 101 ");
    const closed = once(socket, "close");
    await client().instances.stopNow.mutate({ id });
    await Promise.all([closed, stopped]);
    expect((await reload()).status).toBe(502);
  });

  test("the panel ends", async () => {
    await using another = await Opened.begin();
    const instance = await another.instance("anna");
    const cookie = await another.signOn(instance);
    const headers = { Cookie: cookie, Origin: instance.origin };
    const [socket, answer] = await another.upgrade(instance.host, headers);
    expect(answer).toContain(" 101 ");
    const closed = once(socket, "close");
    await another.app.server.close();
    await closed;
  });

  test("nothing is left for who was looking when a ticket was given and the owner changes", async () => {
    const { id, instance } = await operator();
    const { store, host } = opened.app.context;
    const viewer = await haveUser(store, "late", "operator");
    opened.app.context.access.people.set(viewer);
    const { token } = await signIn({ store, host }, viewer);
    const { ticket } = await opened.ticket(instance, { token });
    await client().instances.assign.mutate({ ids: [id], owner: "admin" });
    expect((await opened.enter(instance, ticket)).status).toBe(403);
  });
});
