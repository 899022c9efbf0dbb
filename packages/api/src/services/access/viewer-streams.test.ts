import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { userOf, viewerOf } from "../../../tests/support/sign-in.ts";
import { createViewerStreams } from "./viewer-streams.ts";

const viewer = viewerOf(userOf());

function make(lookAgain = async (): Promise<number | null> => null) {
  const host = new FakeHost();
  return { host, streams: createViewerStreams({ host, lookAgain }) };
}

test("those that it concerns end, and no others", () => {
  const { host, streams } = make();
  const later = host.now() + 60_000;
  using one = streams.open(viewer, ["anna"], later);
  using other = streams.open(viewer, [], later);
  streams.end(({ instanceIds }) => instanceIds.includes("anna"));
  expect([one.signal.aborted, other.signal.aborted]).toEqual([true, false]);
});

test("one whose session has run out ends by itself", async () => {
  const { host, streams } = make();
  using stream = streams.open(viewer, [], host.now() + 10_000);
  host.advance(10_000);
  await eventually(() => expect(stream.signal.aborted).toBe(true));
});

test("one whose session was prolonged meanwhile goes on", async () => {
  const looked = Promise.withResolvers<void>();
  const host = new FakeHost();
  const streams = createViewerStreams({
    host,
    lookAgain: async () => {
      looked.resolve();
      return host.now() + 60_000;
    },
  });
  using stream = streams.open(viewer, [], host.now() + 10_000);
  host.advance(10_000);
  await looked.promise;
  expect(stream.signal.aborted).toBe(false);
});
