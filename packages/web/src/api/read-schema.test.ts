import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AGAIN_MS } from "./ask-again.ts";
import { createReadSchema } from "./read-schema.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const lost = () => Promise.reject(new TypeError("Failed to fetch"));
/** As when the network changes while it comes. */
const cut = async () =>
  new Response(
    new ReadableStream({
      start: (body) => {
        body.enqueue(new TextEncoder().encode('{"a'));
        body.error(new TypeError("network error"));
      },
    }),
  );
const answered = async () => Response.json({ a: 1 });
const refused = async () => new Response("", { status: 404 });

/** What comes of a request whose attempts end as said, and how many are left. */
async function read(...ends: (() => Promise<Response>)[]) {
  const left = [...ends];
  vi.stubGlobal("fetch", () => (left.shift() ?? lost)());
  const result = createReadSchema("", () => "token")("k").catch(String);
  await vi.advanceTimersByTimeAsync(10 * AGAIN_MS);
  return [await result, left.length];
}

test("a schema whose request is cut is asked for once more, as queries are", async () => {
  expect(await read(lost, answered)).toEqual([{ a: 1 }, 0]);
  expect(await read(cut, answered)).toEqual([{ a: 1 }, 0]);
});

test("and no more than once; a refusal is an answer", async () => {
  expect(await read(lost, lost, answered)).toEqual(["TypeError: Failed to fetch", 1]);
  expect(await read(refused, answered)).toEqual([
    "Error: The panel answered 404 instead of a schema.",
    1,
  ]);
});
