import { describe, expect, test } from "vitest";
import type { ConditionFacts, ConditionInstance } from "./condition-facts.ts";
import { Condition } from "./conditions.ts";
import { deriveConditions } from "./derive-conditions.ts";

const NOW = "2026-05-10T12:00:00.000Z";
const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(Date.parse(NOW) - days * DAY).toISOString();
const backup = (patch: object = {}) => ({
  createdAt: daysAgo(1),
  fault: null,
  instances: [],
  ...patch,
});

const anna: ConditionInstance = {
  id: "anna",
  uid: "u1",
  name: "Anna",
  image: "a:b",
  status: "running",
  statusReason: null,
  statusDetail: null,
  createdAt: daysAgo(30),
  isOwed: false,
};
const broken: ConditionInstance = {
  ...anna,
  status: "error",
  statusReason: "It ended with exit code 78.",
  statusDetail: { code: "EXITED", exitCode: 78, lines: [] },
};

/** A healthy panel with one instance, changed by `patch`. */
function factsWith(patch: Partial<ConditionFacts> = {}): ConditionFacts {
  return {
    now: Date.parse(NOW),
    engineFault: null,
    image: { ref: "openclaw:local", present: true },
    room: {
      ...{ diskTotal: 500e9, diskFree: 250e9, memoryTotal: 24e9, memoryFree: 12e9 },
      ...{ isShort: false, owed: 0 },
    },
    instances: [anna],
    backups: [backup()],
    lastRun: null,
    undecided: [],
    composeFault: null,
    uncovered: [],
    isDomainMissing: false,
    orphans: [],
    ...patch,
  };
}

const found = (patch: Partial<ConditionFacts>, before?: Condition[]) =>
  deriveConditions(factsWith(patch), before);
const codes = (patch: Partial<ConditionFacts>) => found(patch).map(({ code }) => code);

test("where nothing is wrong there is no condition", () => {
  expect(found({})).toEqual([]);
});

describe("each thing that is wrong", () => {
  const { room } = factsWith();
  const lastRun = { at: daysAgo(0.5), jobId: "j1", status: "failed", message: "No room." } as const;
  const undecided = {
    id: "s1",
    instanceId: "anna",
    uid: "u1",
    name: "Anna",
    createdAt: daysAgo(2),
  };
  const panel = { kind: "panel" };
  const ofAnna = { kind: "instance", id: "anna", uid: "u1", name: "Anna" };
  const refused: ConditionInstance = {
    ...broken,
    isOwed: true,
    statusReason: "No. The panel tries again by itself.",
    statusDetail: {
      ...{ code: "START_FAILED", exitCode: null, lines: [] },
      retry: { at: NOW, reason: "No." },
    },
  };

  const CASES: [
    Partial<ConditionFacts>,
    { key: string; since?: string; severity?: string; subject?: object; detail?: object },
  ][] = [
    [
      { engineFault: "refused" },
      {
        key: "ENGINE_UNREACHABLE",
        severity: "error",
        subject: panel,
        detail: { message: "refused" },
      },
    ],
    [
      { image: { ref: "a:b", present: false } },
      { key: "IMAGE_MISSING", severity: "error", subject: panel, detail: { image: "a:b" } },
    ],
    [
      { room: { ...room, isShort: true, owed: 2, diskFree: 0 } },
      { key: "DISK_FULL", severity: "error", detail: { owed: 2 } },
    ],
    [
      { room: { ...room, diskFree: 4e9 } },
      { key: "DISK_NEARLY_FULL", severity: "warning", detail: { free: 4e9, total: 500e9 } },
    ],
    [
      { room: { ...room, memoryFree: 1e9 } },
      { key: "MEMORY_NEARLY_FULL", severity: "warning", detail: { free: 1e9, total: 24e9 } },
    ],
    [
      { instances: [broken] },
      {
        ...{ key: "INSTANCE_ERROR/u1", severity: "error", subject: ofAnna },
        detail: { cause: "EXITED", exitCode: 78, message: "It ended with exit code 78." },
      },
    ],
    [
      { instances: [refused] },
      { key: "START_OWED/u1", subject: ofAnna, detail: { message: "No.", retryAt: NOW } },
    ],
    [
      { instances: [{ ...anna, status: "starting", isOwed: true }] },
      { key: "START_OWED/u1", subject: ofAnna, detail: { message: null, retryAt: null } },
    ],
    [
      { instances: [{ ...anna, status: "starting" }], undecided: [undecided] },
      {
        ...{ key: "RESTORE_UNDECIDED/u1/s1", severity: "warning", subject: ofAnna },
        ...{ since: daysAgo(2), detail: { snapshotId: "s1" } },
      },
    ],
    [
      { lastRun },
      {
        ...{ key: "SCHEDULE_FAILED", severity: "error", since: lastRun.at },
        detail: { jobId: "j1", message: "No room." },
      },
    ],
    [
      { lastRun: { ...lastRun, status: "partial" } },
      { key: "SCHEDULE_PARTIAL", since: lastRun.at },
    ],
    [{ backups: [] }, { key: "BACKUP_NONE", severity: "warning", since: daysAgo(30) }],
    [
      { backups: [backup({ createdAt: daysAgo(8) }), backup({ createdAt: daysAgo(9) })] },
      { key: "BACKUP_OLD", since: daysAgo(1), detail: { newestAt: daysAgo(8) } },
    ],
    [
      { composeFault: "The template is broken." },
      { key: "COMPOSE_FILE_STALE", detail: { message: "The template is broken." } },
    ],
    [
      { uncovered: ["claw-anna-1.internal"] },
      {
        key: "CERTIFICATE_NAMES",
        severity: "warning",
        detail: { names: ["claw-anna-1.internal"] },
      },
    ],
    [{ isDomainMissing: true }, { key: "DOMAIN_MISSING", severity: "warning", detail: {} }],
    [
      { orphans: [{ id: "old", container: "c1" }] },
      { key: "ORPHAN_CONTAINERS", detail: { containers: [{ id: "old", container: "c1" }] } },
    ],
    [
      { instances: [{ ...anna, pendingChange: "image" }] },
      {
        key: "CHANGE_PENDING/u1",
        severity: "notice",
        subject: ofAnna,
        detail: { change: "image", image: "a:b" },
      },
    ],
  ];
  test.each(CASES.map(([facts, expected]) => ({ key: expected.key, facts, expected })))("$key", ({
    facts,
    expected,
  }) => {
    const conditions = found(facts);
    expect(conditions).toEqual([expect.objectContaining(expected)]);
    expect(Condition.array().parse(conditions)).toEqual(conditions);
    expect(conditions[0]?.since).toBe(expected.since ?? NOW);
  });

  test("and what follows from another is left out", () => {
    const image = { ref: "a:b", present: false };
    expect(codes({ engineFault: "refused", image })).toEqual(["ENGINE_UNREACHABLE"]);
    expect(codes({ lastRun, backups: [] })).toEqual(["SCHEDULE_FAILED"]);
    expect(codes({ instances: [], lastRun, backups: [] })).toEqual([]);
    expect(codes({ undecided: [undecided] })).toEqual([]);
    const another = { ...anna, status: "starting", uid: "u2" } as const;
    expect(codes({ instances: [another], undecided: [undecided] })).toEqual([]);
  });

  test("and a backup that is damaged counts as none", () => {
    expect(codes({ backups: [backup({ fault: "cut" })] })).toEqual(["BACKUP_NONE"]);
    expect(codes({ backups: [backup({ createdAt: daysAgo(7) })] })).toEqual([]);
  });
});

test("a condition keeps its key and the time since when, whatever else of it changes", () => {
  const [first] = found({ instances: [broken] });
  const later = Date.parse(NOW) + DAY;
  const otherwise: ConditionInstance = {
    ...{ ...broken, name: "Änne" },
    statusDetail: { code: "CRASH_LOOP", exitCode: 1, lines: [] },
  };
  const known = first ? [first] : [];
  expect(
    found({ now: later, instances: [otherwise], backups: [backup({ createdAt: NOW })] }, known),
  ).toMatchObject([{ key: "INSTANCE_ERROR/u1", since: NOW, detail: { cause: "CRASH_LOOP" } }]);
  const after = found({ now: later, instances: [{ ...broken, uid: "u2" }] }, known);
  expect(after).toMatchObject([{ key: "INSTANCE_ERROR/u2", since: new Date(later).toISOString() }]);
});

test("an instance whose gateway refused the panel says how it opens now", () => {
  const [found] = deriveConditions(
    factsWith({ instances: [{ ...anna, isIngressRefused: true }], backups: [backup()] }),
  );
  expect(found).toMatchObject({ key: "INGRESS_REFUSED/u1", severity: "notice", detail: {} });
});

test("an instance to which a proxy lets no WebSocket through says so", () => {
  const [found] = deriveConditions(
    factsWith({ instances: [{ ...anna, isSocketBlocked: true }], backups: [backup()] }),
  );
  expect(found).toMatchObject({ key: "WEBSOCKET_BLOCKED/u1", severity: "warning", detail: {} });
});
