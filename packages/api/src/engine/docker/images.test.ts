import { expect, test } from "vitest";
import { digestOf, splitReference } from "./images.ts";
import { createPullProgress, PullMessage } from "./pull-progress.ts";

test.each([
  ["openclaw", "openclaw", "latest"],
  ["openclaw:local", "openclaw", "local"],
  ["ghcr.io/openclaw/openclaw:2026.9.6", "ghcr.io/openclaw/openclaw", "2026.9.6"],
  ["localhost:5000/openclaw", "localhost:5000/openclaw", "latest"],
  ["localhost:5000/openclaw:1", "localhost:5000/openclaw", "1"],
  ["a/b@sha256:00ff", "a/b", "sha256:00ff"],
])("splits %s", (ref, repository, tag) => {
  expect(splitReference(ref)).toEqual({ repository, tag });
});

test("takes the digest of the registry that an image came from, if it came from one", () => {
  expect(digestOf([`ghcr.io/openclaw/openclaw@sha256:${"1".repeat(64)}`])).toBe(
    `sha256:${"1".repeat(64)}`,
  );
  for (const none of [[], null, undefined]) expect(digestOf(none)).toBeNull();
});

test("turns a pull's messages into a share that only grows", () => {
  const progress = createPullProgress();
  const shares = [
    { status: "Pulling from openclaw/openclaw", id: "2026.9.6" },
    { status: "Pulling fs layer", id: "a" },
    { status: "Pulling fs layer", id: "b" },
    { status: "Already exists", id: "c" },
    { status: "Downloading", id: "a", progressDetail: { current: 50, total: 100 } },
    { status: "Downloading", id: "b", progressDetail: { current: 10, total: 1_000 } },
    { status: "Download complete", id: "a", progressDetail: {} },
    { status: "Downloading", id: "b", progressDetail: { current: 1_000, total: 1_000 } },
    { status: "Extracting", id: "b", progressDetail: { current: 500, total: 1_000 } },
    { status: "Pull complete", id: "a" },
    { status: "Pull complete", id: "b" },
    { status: "Digest: sha256:00" },
    { status: "Status: Downloaded newer image" },
  ].map((message) => progress(PullMessage.parse(message)));
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares[0]).toBe(0);
  expect(shares[4]).toBeLessThan(0.7);
  expect(shares.at(-1)).toBe(0.99);
});
