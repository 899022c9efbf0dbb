import { expect, test } from "vitest";
import { AuditQuery } from "./audit.ts";

test("a page of the trail is asked for by what it shows", () => {
  expect(AuditQuery.parse({})).toEqual({ limit: 100 });
  const since = "2026-01-01T00:00:00.000Z";
  const query = { cursor: "17", limit: 5, user: "mina", action: "auth.", instanceId: "a", since };
  expect(AuditQuery.parse(query)).toEqual(query);
});

test.each([
  { cursor: "-1" },
  { cursor: "1; DROP TABLE audit" },
  { cursor: "1e3" },
  { limit: 0 },
  { limit: 1_001 },
  { instanceId: "../a" },
  { since: "yesterday" },
  { until: "2026-13-01" },
])("%j is none", (query) => expect(AuditQuery.safeParse(query).success).toBe(false));
