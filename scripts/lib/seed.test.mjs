import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { after, before, describe, test } from "node:test";
import { seed } from "./seed.mjs";

const never = new AbortController().signal;
const password = "four unrelated lobster words";

/** A panel that answers what it is given, and keeps what it is asked. */
let server;
let url;
let calls;
let lists;
let starting;

before(async () => {
  server = createServer(async (request, response) => {
    if (request.url === "/healthz") {
      starting -= 1;
      response.writeHead(starting > 0 ? 503 : 200).end();
      return;
    }
    const name = request.url.slice("/trpc/".length);
    const body = await text(request);
    calls.push({ name, token: request.headers.authorization, input: body && JSON.parse(body) });
    const data = name === "auth.login" ? { token: "session" } : (lists[name] ?? {});
    const isRefused = name === "auth.login" && JSON.parse(body).password !== password;
    response.end(
      JSON.stringify(isRefused ? { error: { message: "Wrong." } } : { result: { data } }),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

function panelWith(instances, { users = ["admin"], startsAfter = 1, engine = "memory" } = {}) {
  calls = [];
  starting = startsAfter;
  lists = {
    "system.status": { engine: { kind: engine } },
    "instances.list": instances,
    "users.list": users.map((username) => ({ username })),
  };
}
const made = (name) => calls.filter((call) => call.name === name);

describe("an empty panel", () => {
  test("gets people, and instances that belong to them", async () => {
    panelWith([], { startsAfter: 3 });
    const people = await seed({ url, password, signal: never });
    const owners = made("instances.create").flatMap(({ input }) => input.owner ?? []);
    assert.deepEqual(
      made("users.create").map(({ input }) => input.username),
      people,
    );
    assert.deepEqual([...owners].sort(), [...people].sort());
    for (const { name, token } of calls)
      assert.equal(token, name === "auth.login" ? undefined : "Bearer session");
  });

  test("keeps the people it has", async () => {
    panelWith([], { users: ["admin", "anna"] });
    const people = await seed({ url, password, signal: never });
    assert.equal(people.includes("anna"), false);
    assert.equal(made("users.create").length, people.length);
  });
});

test("a panel with instances stays as it is", async () => {
  panelWith([{ id: "mine" }]);
  assert.deepEqual(await seed({ url, password, signal: never }), []);
  assert.deepEqual(
    calls.map(({ name }) => name),
    ["auth.login", "system.status", "instances.list"],
  );
});

test("a panel on Docker that has the port gets nothing, and that is said", async () => {
  panelWith([], { engine: "docker" });
  const seeding = seed({ url, password, signal: never });
  await assert.rejects(seeding, { message: `the panel at ${url} is not on the memory engine` });
  assert.deepEqual(
    calls.map(({ name }) => name),
    ["auth.login", "system.status"],
  );
});

test("a panel with another password says so", async () => {
  panelWith([]);
  const wrong = seed({ url, password: "another", signal: never });
  await assert.rejects(wrong, { message: "auth.login: Wrong." });
});

test("a panel that never comes up is not waited for longer than its process lives", async () => {
  panelWith([], { startsAfter: Number.POSITIVE_INFINITY });
  const ends = new AbortController();
  const seeding = seed({ url, password, signal: ends.signal });
  ends.abort();
  assert.deepEqual(await seeding, []);
});
