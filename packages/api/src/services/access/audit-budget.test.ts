import { expect, test } from "vitest";
import { type AuditBudget, createAuditBudget, DOORS } from "./audit-budget.ts";

type Event = Parameters<AuditBudget["take"]>[0];

const entry: Event = {
  user: null,
  via: null,
  action: "instances.start",
  result: "UNAUTHENTICATED",
  instanceIds: [],
  object: null,
};
const ofMina: Event = {
  ...entry,
  user: "mina",
  via: { kind: "session", id: "s1" },
  result: "ok",
} as const;

/** How many of `count` events find a place. */
function taken(budget: AuditBudget, count: number, of: (n: number) => Event): number {
  return Array.from({ length: count }, (_, n) => budget.take(of(n))).filter(Boolean).length;
}

test("refused calls without a session leave the log-ins their places, and the other way round", () => {
  const budget = createAuditBudget();
  expect(taken(budget, 100, (n) => ({ ...entry, action: `made.up.${n}` }))).toBe(60);
  const logIn = (n: number): Event => ({ ...entry, action: DOORS[n % DOORS.length] ?? "" });
  expect(taken(budget, 100, logIn)).toBe(60);
});

test("one action of a user on one object has 60 places, and another object its own", () => {
  const budget = createAuditBudget();
  const on = (id: string) => ({ ...ofMina, instanceIds: [id] });
  expect(taken(budget, 100, () => on("anna"))).toBe(60);
  expect(taken(budget, 1, () => on("ben"))).toBe(1);
  expect(taken(budget, 1, () => ({ ...on("anna"), action: "instances.stop" }))).toBe(1);
  expect(taken(budget, 1, () => ({ ...on("anna"), user: "olaf" }))).toBe(1);
});

test("all refusals of a user share one limit, whatever they name", () => {
  const budget = createAuditBudget();
  const refused = (n: number): Event => ({ ...ofMina, result: "FORBIDDEN", object: `job-${n}` });
  expect(taken(budget, 100, refused)).toBe(60);
});

test("a user has 300 places in all", () => {
  const budget = createAuditBudget();
  expect(taken(budget, 400, (n) => ({ ...ofMina, object: `job-${n}` }))).toBe(300);
});

test("an event for which there is no place takes none of its other limit", () => {
  const budget = createAuditBudget();
  expect(taken(budget, 200, () => ofMina)).toBe(60);
  expect(taken(budget, 400, (n) => ({ ...ofMina, object: `job-${n}` }))).toBe(240);
});

test("the schedule has no limit", () => {
  const budget = createAuditBudget();
  const scheduled: Event = { ...ofMina, user: null, via: { kind: "schedule", id: "backup" } };
  expect(taken(budget, 1_000, () => scheduled)).toBe(1_000);
});
