import { EventEmitter, once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { eventually } from "../../tests/support/deadline.ts";
import { createTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { createConnections, UNAUTHENTICATED } from "./connections.ts";

/** A minimal socket with its own address and port. */
class FakeSocket extends EventEmitter {
  static #ports = 1_024;
  readonly remotePort = FakeSocket.#ports++;
  readonly remoteAddress: string;
  isEnded = false;

  constructor(remoteAddress: string) {
    super();
    this.remoteAddress = remoteAddress;
  }

  destroy(): void {
    this.isEnded = true;
    this.emit("close");
  }
}

const PROXY = "10.0.0.9";

function crowd(limits = { unauthenticated: { all: 6, each: 3 }, known: { all: 6, each: 3 } }) {
  const crowds: string[] = [];
  const connections = createConnections({
    ...limits,
    onCrowd: (who) => crowds.push(who),
    isProxy: (address) => address === PROXY,
  });
  const come = (address: string, userId?: string) => {
    const socket = new FakeSocket(address);
    connections.meet(socket as unknown as Socket);
    if (userId !== undefined) connections.introduce(socket as unknown as Socket, userId);
    return socket;
  };
  return { connections, come, crowds };
}

const ended = (sockets: FakeSocket[]) => sockets.map(({ isEnded }) => isEnded);

describe("connections of anonymous callers", () => {
  test("beyond the limit of an address end its oldest, and nobody else's", () => {
    const { come, crowds } = crowd();
    const other = come("10.0.0.2");
    const flood = Array.from({ length: 5 }, () => come("10.0.0.1"));
    expect(ended(flood)).toEqual([true, true, false, false, false]);
    expect(other.isEnded).toBe(false);
    expect(crowds).toEqual(["unauthenticated", "unauthenticated"]);
  });

  test("of one network of IPv6 are of one address", () => {
    const { come } = crowd();
    const other = come("2001:db8:1:3::1");
    const flood = Array.from({ length: 5 }, (_, n) => come(`2001:db8:1:2:${n}::1`));
    expect(ended([...flood, other])).toEqual([true, true, false, false, false, false]);
  });

  test("beyond the limit of all end the oldest of who has the most", () => {
    const { come } = crowd();
    const single = ["10.0.0.2", "10.0.0.3", "10.0.0.4"].map((address) => come(address));
    const many = Array.from({ length: 3 }, () => come("10.0.0.1"));
    const late = come("10.0.0.5");
    expect(ended(many)).toEqual([true, false, false]);
    expect(ended([...single, late])).toEqual([false, false, false, false]);
  });

  test("through a trusted proxy are of many users: only the limit of all applies", () => {
    const { come } = crowd();
    const users = Array.from({ length: 6 }, () => come(PROXY));
    expect(ended(users)).toEqual(Array(6).fill(false));
    const late = come(PROXY);
    expect(ended([...users, late])).toEqual([true, ...Array(6).fill(false)]);
    const flood = Array.from({ length: 9 }, () => come("10.0.0.1"));
    // Nor does a flood from elsewhere get more than one place.
    const left = (sockets: FakeSocket[]) => sockets.filter(({ isEnded }) => !isEnded).length;
    expect([left(flood), left([...users, late])]).toEqual([1, 5]);
  });

  test("that have gone are not counted", () => {
    const { come } = crowd();
    for (let time = 0; time < 20; time++) come("10.0.0.1").emit("close");
    const three = Array.from({ length: 3 }, () => come("10.0.0.1"));
    expect(ended(three)).toEqual([false, false, false]);
  });
});

describe("connections of those who are known", () => {
  test("are not touched by any number of anonymous callers", () => {
    const { come } = crowd();
    const known = come("10.0.0.1", "anna");
    const flood = Array.from({ length: 50 }, (_, n) => come(`10.0.0.${n % 5}`));
    expect(known.isEnded).toBe(false);
    expect(ended(flood).filter((each) => !each)).toHaveLength(6);
  });

  test("have a limit for each account", () => {
    const { come, crowds } = crowd();
    const bens = come("10.0.0.2", "ben");
    const annas = Array.from({ length: 4 }, () => come("10.0.0.1", "anna"));
    expect(ended(annas)).toEqual([true, false, false, false]);
    expect(bens.isEnded).toBe(false);
    expect(crowds).toEqual(["known"]);
  });

  test("belong to who was seen last, as proxies use one for many", () => {
    const { connections, come } = crowd();
    const shared = come("10.0.0.1", "anna");
    connections.introduce(shared as unknown as Socket, "ben");
    expect(connections.isKnown(shared as unknown as Socket)).toBe(true);
    shared.emit("close");
    expect(connections.isKnown(shared as unknown as Socket)).toBe(false);
  });
});

/** Begins a log-in whose body never comes. */
async function stall(app: TestApp): Promise<Socket> {
  const { port } = app.server.server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(
    `POST /trpc/auth.login HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
  );
  return socket;
}

test("log-ins that never end take no connection from who is logged in, nor keep anybody out", {
  timeout: 60_000,
}, async () => {
  await using app = await createTestApp();
  const seen: unknown[] = [];
  const ends: unknown[] = [];
  const watching = app.client.instances.watch.subscribe(undefined, {
    onData: (event) => seen.push(event),
    onError: (error) => ends.push(error),
  });
  await eventually(() => expect(seen).not.toHaveLength(0));
  const stalled: Socket[] = [];
  for (let n = 0; n < UNAUTHENTICATED.each + 60; n++) stalled.push(await stall(app));
  await eventually(() =>
    expect(stalled.filter(({ destroyed }) => !destroyed).length).toBeLessThanOrEqual(
      UNAUTHENTICATED.each,
    ),
  );
  await app.client.instances.create.mutate({ id: "anna", name: "A", start: false });
  await eventually(() => expect(JSON.stringify(seen)).toContain('"anna"'));
  expect(ends).toEqual([]);
  expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
  expect(app.logged.filter((line) => line.includes("too many connections"))).toHaveLength(1);
  watching.unsubscribe();
  for (const socket of stalled) socket.destroy();
});
