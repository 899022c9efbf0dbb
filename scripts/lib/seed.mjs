/**
 * Fills an empty panel on the memory engine with people and instances, so that `npm run dev` opens
 * on a page with something on it. Talks to the panel as any client does.
 */
import { setTimeout as delay } from "node:timers/promises";

const PEOPLE = [
  { username: "mina", displayName: "Mina Okafor", role: "operator" },
  { username: "lilei", displayName: "李雷", role: "member" },
  { username: "anna", displayName: "Anna Schmidt", role: "member" },
];

const INSTANCES = [
  { id: "anna", name: "Anna's assistant", owner: "anna", group: "Sales", tags: ["vip"] },
  { id: "lilei", name: "李雷的助手", owner: "lilei", group: "销售", tags: ["试用"] },
  { id: "mina", name: "Mina", owner: "mina", group: "IT", tags: [] },
  { id: "support-bot", name: "Support bot", group: "IT", tags: ["shared", "vip"] },
  { id: "old-demo", name: "Old demo", group: null, tags: [], start: false },
];

const POLL_MS = 200;

/** Calls procedures of the panel at `url`; `token` is that of a session, once there is one. */
function callerOf(url, fetch) {
  const call = async (name, { input, token, method = "POST" }) => {
    const headers = { "content-type": "application/json" };
    if (token) headers.authorization = `Bearer ${token}`;
    const body = method === "POST" ? JSON.stringify(input ?? {}) : undefined;
    const answer = await fetch(`${url}/trpc/${name}`, { method, headers, body });
    const { result, error } = await answer.json();
    if (error) throw new Error(`${name}: ${error.message}`);
    return result.data;
  };
  return {
    query: (name, token) => call(name, { token, method: "GET" }),
    mutate: (name, input, token) => call(name, { input, token }),
  };
}

/** Resolves when the panel answers; false if `signal` aborts before. */
async function isUp(url, { fetch, signal }) {
  while (!signal.aborted) {
    const answer = await fetch(`${url}/healthz`).catch(() => null);
    if (answer?.ok) return true;
    await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
  return false;
}

/** Returns the names of the people it made, each with the administrator's password. */
export async function seed({ url, password, signal, fetch = globalThis.fetch }) {
  if (!(await isUp(url, { fetch, signal }))) return [];
  const { query, mutate } = callerOf(url, fetch);
  const { token } = await mutate("auth.login", { username: "admin", password });
  // Another panel may have the port: on Docker it would run what is made here.
  if ((await query("system.status", token)).engine.kind !== "memory")
    throw new Error(`the panel at ${url} is not on the memory engine`);
  if ((await query("instances.list", token)).length > 0) return [];
  const known = new Set((await query("users.list", token)).map(({ username }) => username));
  const people = PEOPLE.filter(({ username }) => !known.has(username));
  for (const person of people) await mutate("users.create", { ...person, password }, token);
  for (const instance of INSTANCES) await mutate("instances.create", instance, token);
  return people.map(({ username }) => username);
}
