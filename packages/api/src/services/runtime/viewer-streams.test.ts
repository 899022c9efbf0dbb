import { expect, onTestFinished, test, vi } from "vitest";
import { settled } from "../../../tests/support/deadline.ts";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { userOf, viewerOf } from "../../../tests/support/sign-in.ts";
import { createViewerStreams, STREAMS_OF_SESSION, STREAMS_OF_USER } from "./viewer-streams.ts";

const viewer = viewerOf(userOf());

/** Streams of a session that runs out in ten seconds, unless it is said otherwise. */
function make() {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const host = new FakeHost();
  const session: { until: number | null } = { until: host.now() + 10_000 };
  const recheck = async () =>
    session.until !== null && session.until > host.now() ? session.until : null;
  const streams = createViewerStreams({ host, recheck });
  return { host, session, open: (ids: string[] = []) => streams.open(viewer, ids, 0), streams };
}

test("those that it concerns have ended when `end` returns, and no others", () => {
  const { open, streams } = make();
  using one = open(["anna"]);
  using other = open();
  streams.end(({ instanceIds }) => instanceIds.includes("anna"));
  expect([one.signal.aborted, other.signal.aborted]).toEqual([true, false]);
});

test("one whose session has run out ends at the next look, within a second", async () => {
  const { host, open } = make();
  using stream = open();
  await settled();
  vi.advanceTimersByTime(1_000);
  await settled();
  expect(stream.signal.aborted).toBe(false);
  host.advance(10_000);
  vi.advanceTimersByTime(1_000);
  await settled();
  expect(stream.signal.aborted).toBe(true);
});

test("one whose session was prolonged meanwhile goes on", async () => {
  const { host, session, open } = make();
  using stream = open();
  await settled();
  host.advance(10_000);
  session.until = host.now() + 60_000;
  vi.advanceTimersByTime(1_000);
  await settled();
  expect(stream.signal.aborted).toBe(false);
});

test("one whose session was revoked before it was open does not stay open", async () => {
  const { session, open } = make();
  session.until = null;
  using stream = open();
  await settled();
  expect(stream.signal.aborted).toBe(true);
});

test("nothing is looked at any more when none is open", async () => {
  const { open } = make();
  open()[Symbol.dispose]();
  expect(vi.getTimerCount()).toBe(0);
});

test("a session has so many and no more, and one that ends makes room", () => {
  const { open } = make();
  using all = new DisposableStack();
  const one = open();
  for (let count = 1; count < STREAMS_OF_SESSION; count++) all.use(open());
  expect(() => open()).toThrow(expect.objectContaining({ reason: "TOO_MANY_STREAMS" }));
  one[Symbol.dispose]();
  all.use(open());
});

test("a user has so many in all sessions, and takes none away from another one", () => {
  const { streams } = make();
  using all = new DisposableStack();
  const open = (id: string, user = viewer.user) =>
    all.use(streams.open({ ...viewer, id, user }, [], 0));
  for (let count = 0; count < STREAMS_OF_USER; count++) open(`session ${count % 10}`);
  expect(() => open("another")).toThrow(expect.objectContaining({ reason: "TOO_MANY_STREAMS" }));
  open("somebody else's", { ...viewer.user, id: "u2" });
});
