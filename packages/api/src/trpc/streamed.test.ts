import { once } from "node:events";
import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { settled } from "../../tests/support/deadline.ts";
import { userOf, viewerOf } from "../../tests/support/sign-in.ts";
import { createViewerStreams } from "../services/runtime/viewer-streams.ts";
import type { ViewerContext } from "./init.ts";
import { present, streamed } from "./streamed.ts";

const viewer = viewerOf(userOf({ role: "member" }), { id: "s1" });
const signal = new AbortController().signal;
const streams = createViewerStreams({ host: { now: () => 0 }, recheck: async () => 1 });
const contextOf = (writable: ViewerContext["writable"]) =>
  ({ writable, app: { access: { streams } }, viewer, instanceIds: [], until: 1 }) as never;
const willing = contextOf(async () => {});

async function* count(): AsyncGenerator<number> {
  for (let n = 0; ; n++) yield n;
}

test("items come as they are, until their source ends", async () => {
  async function* three() {
    yield* [1, 2, 3];
  }
  const seen = [];
  for await (const item of streamed(willing, signal, three)) seen.push(item);
  expect(seen).toEqual([1, 2, 3]);
});

test("a source is not asked for more than the viewer takes in", async () => {
  let room = Promise.withResolvers<void>();
  const items = streamed(
    contextOf(() => room.promise),
    signal,
    count,
  );
  expect((await items.next()).value).toBe(0);
  let second: unknown = null;
  void items.next().then(({ value }) => {
    second = value;
  });
  await settled();
  expect(second).toBeNull();
  const full = room;
  room = Promise.withResolvers<void>();
  full.resolve();
  await settled();
  expect(second).toBe(1);
});

test("an error of its source leaves as an answer that is not tried again", async () => {
  async function* failing(): AsyncGenerator<number> {
    yield 1;
    throw new DomainError("INSTANCE_NOT_FOUND", "There is none.");
  }
  const items = streamed(willing, signal, failing);
  await items.next();
  await expect(items.next()).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: "There is none.",
  });
});

test("a source ends when its viewer leaves", async () => {
  let ended = false;
  async function* source() {
    try {
      yield* count();
    } finally {
      ended = true;
    }
  }
  const items = streamed(willing, signal, source);
  await items.next();
  await items.return(undefined);
  expect(ended).toBe(true);
});

test("what could not be ended is refused", async () => {
  await expect(streamed(willing, undefined, count).next()).rejects.toThrow("could not be ended");
  expect(present(signal)).toBe(signal);
});

test("one too many is refused in a way that a client understands", async () => {
  const full = () => {
    throw new DomainError("TOO_MANY_STREAMS", "Close some.");
  };
  const app = { access: { streams: { open: full } } };
  const context = { writable: async () => {}, app, viewer, instanceIds: [], until: 1 };
  const items = streamed(context as never, signal, count);
  await expect(items.next()).rejects.toMatchObject({
    code: "TOO_MANY_REQUESTS",
    message: "Close some.",
  });
});

test("what became somebody else's between the gate and here is not shown", async () => {
  const board = { identityOf: () => ({ uid: "x", owner: "u-other" }) };
  const app = { access: { streams }, runtime: { live: { board } } };
  const context = { writable: async () => {}, app, viewer, instanceIds: ["anna"], until: 1 };
  const items = streamed(context as never, signal, count);
  await expect(items.next()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

test("a viewer who may not look any more is told so, and the source ends", async () => {
  let ended = false;
  async function* endless(ends: AbortSignal) {
    try {
      yield 1;
      await once(ends, "abort");
    } finally {
      ended = true;
    }
  }
  const items = streamed(willing, signal, endless);
  await items.next();
  const next = items.next();
  await settled();
  streams.end((stream) => stream.viewer.id === "s1");
  await expect(next).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  expect(ended).toBe(true);
});
