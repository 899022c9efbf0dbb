import type { AppRouter } from "@claw/api";
import { createTRPCClient, httpLink } from "@trpc/client";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { AGAIN_MS, askAgain } from "./ask-again.ts";

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
});

const lost = () => Promise.reject(new TypeError("Failed to fetch"));
const json = (status: number, body: unknown) => async () =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
const answered = json(200, { result: { data: { code: "0-0", users: [] } } });
const refused = json(500, {
  error: {
    message: "…",
    code: -32603,
    data: { code: "INTERNAL_SERVER_ERROR", reason: "INTERNAL" },
  },
});

/** A client whose requests end as said, one after another. */
function clientOf(...ends: (() => Promise<Response>)[]) {
  const left = [...ends];
  const fetch = async (_: unknown, sent?: { signal?: AbortSignal | null | undefined }) => {
    sent?.signal?.throwIfAborted();
    return (left.shift() ?? lost)();
  };
  const client = createTRPCClient<AppRouter>({
    links: [askAgain(), httpLink({ url: "/trpc", fetch })],
  });
  return { client, left };
}

test("a query that got no answer is asked once more", async () => {
  const { client, left } = clientOf(lost, answered);
  const query = client.users.list.query();
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  expect(await query).toMatchObject({ users: [] });
  expect(left).toEqual([]);
});

test("and no more than once", async () => {
  const { client, left } = clientOf(lost, lost, answered);
  const ended = expect(client.users.list.query()).rejects.toThrow("Failed to fetch");
  await vi.advanceTimersByTimeAsync(10 * AGAIN_MS);
  await ended;
  expect(left).toHaveLength(1);
});

test("an error is an answer", async () => {
  const { client, left } = clientOf(refused, answered);
  await expect(client.users.list.query()).rejects.toMatchObject({ data: { reason: "INTERNAL" } });
  expect(left).toHaveLength(1);
});

test("a mutation is not repeated", async () => {
  const { client, left } = clientOf(lost, answered);
  await expect(client.users.remove.mutate({ username: "li" })).rejects.toThrow("Failed to fetch");
  expect(left).toHaveLength(1);
});

test("nobody asks again for who has left", async () => {
  const { client, left } = clientOf(lost, answered);
  const gone = new AbortController();
  const ended = client.users.list.query(undefined, { signal: gone.signal }).catch(() => "ended");
  await vi.advanceTimersByTimeAsync(AGAIN_MS / 2);
  gone.abort();
  await vi.advanceTimersByTimeAsync(10 * AGAIN_MS);
  expect(await ended).toBe("ended");
  expect(left).toHaveLength(1);
});
