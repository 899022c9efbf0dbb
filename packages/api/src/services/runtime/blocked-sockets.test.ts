import { expect, test } from "vitest";
import { createBlockedSockets } from "./blocked-sockets.ts";

test("an instance is blocked from a handshake that lost its upgrade to one that is whole", () => {
  const changes: string[] = [];
  const sockets = createBlockedSockets(() =>
    changes.push(`${sockets.has("u1")} ${sockets.has("u2")}`),
  );
  for (const isBlocked of [false, true, true, false, false]) sockets.note("u1", isBlocked);
  sockets.note("u2", true);
  // Only changes are reported: handshakes come often.
  expect(changes).toEqual(["true false", "false false", "false true"]);
});
