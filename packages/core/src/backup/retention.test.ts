import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backupsToPrune, type RetainedBackup, type Retention } from "./retention.ts";

const LATER = Date.parse("2027-01-01T00:00:00Z");

function backup(createdAt: string, change: Partial<RetainedBackup> = {}): RetainedBackup {
  return {
    id: createdAt,
    createdAt,
    createdBy: "schedule",
    pinned: false,
    verifiedAt: createdAt,
    fault: null,
    instances: [{ id: "anna" }],
    ...change,
  };
}

const fault = { verifiedAt: null, fault: "Byte 12 is not what it was." };

function policy(change: Partial<Retention> = {}): Retention {
  return { keepLast: 1, keepDaily: 0, keepWeekly: 0, timezone: "UTC", ...change };
}

const pruned = (backups: RetainedBackup[], change: Partial<Retention> = {}, now = LATER) =>
  backupsToPrune(backups, policy(change), now).map(({ id }) => id);

/** One backup a day at 03:00, newest last. */
const daily = (from: string, days: number) =>
  Array.from({ length: days }, (_, day) =>
    backup(new Date(Date.parse(`${from}T03:00:00Z`) + day * 86_400_000).toISOString()),
  );

describe("of what the schedule made", () => {
  test("the newest stay, in whatever order they are told", () => {
    const [a, b, c, d] = daily("2026-03-02", 4) as [RetainedBackup, ...RetainedBackup[]];
    const all = [c, a, d, b] as RetainedBackup[];
    expect(pruned(all, { keepLast: 2 })).toEqual([a.id, b?.id]);
    expect(pruned(all, { keepLast: 4 })).toEqual([]);
    expect(pruned([])).toEqual([]);
  });

  test("the last of each day stays, for so many days that have backups", () => {
    const gone = ["2026-03-01T09:00:00Z", "2026-03-05T08:00:00Z", "2026-03-05T20:00:00Z"];
    const stay = ["2026-03-05T21:00:00Z", "2026-03-20T01:00:00Z", "2026-03-21T01:00:00Z"];
    const all = [...gone, ...stay].map((at) => backup(at));
    expect(pruned(all, { keepDaily: 2 })).toEqual(gone);
    expect(pruned(all, { keepDaily: 3 })).toEqual(gone.slice(1));
  });

  test("the last of each ISO week stays: a Sunday belongs to the Monday before", () => {
    // 2026-03-01 is a Sunday; 2021-01-03 lies in the last week of 2020.
    const all = daily("2026-02-23", 15);
    const kept = ["2026-03-09", "2026-03-08", "2026-03-01"];
    expect(pruned(all, { keepWeekly: 8 })).toEqual(
      all.map(({ id }) => id).filter((id) => !kept.includes(id.slice(0, 10))),
    );
    const turn = ["2020-12-28", "2021-01-01", "2021-01-03", "2021-01-04", "2021-01-11"];
    const newYear = turn.map((day) => backup(`${day}T12:00:00Z`));
    expect(pruned(newYear, { keepWeekly: 9 })).toEqual(turn.slice(0, 2).map(at("12:00:00Z")));
  });

  test("days and weeks are those of the policy's time zone", () => {
    // Both on the 5th in UTC; in Shanghai the second is on the 6th.
    const all = ["2026-03-05T15:00:00Z", "2026-03-05T17:00:00Z", "2026-03-09T00:00:00Z"].map(
      (each) => backup(each),
    );
    expect(pruned(all, { keepDaily: 5 })).toEqual(["2026-03-05T15:00:00Z"]);
    expect(pruned(all, { keepDaily: 5, timezone: "Asia/Shanghai" })).toEqual([]);
    // Sunday evening in UTC is Monday in Shanghai.
    const sunday = ["2026-03-07T12:00:00Z", "2026-03-08T18:00:00Z", "2026-03-20T00:00:00Z"].map(
      (each) => backup(each),
    );
    expect(pruned(sunday, { keepWeekly: 5 })).toEqual(["2026-03-07T12:00:00Z"]);
    expect(pruned(sunday, { keepWeekly: 5, timezone: "Asia/Shanghai" })).toEqual([]);
  });

  test("a day of 23 or 25 hours is one day", () => {
    const all = ["2026-03-28T23:30:00Z", "2026-03-29T21:30:00Z", "2026-03-29T22:30:00Z"].map(
      (each) => backup(each),
    );
    expect(
      pruned([...all, backup("2026-04-09T00:00:00Z")], { keepDaily: 9, timezone: "Europe/Berlin" }),
    ).toEqual(["2026-03-28T23:30:00Z"]);
  });
});

describe("what stays whatever the numbers say", () => {
  test("made by hand, uploaded, or pinned", () => {
    const old = ["panel", "upload", "anna"].map((createdBy, day) =>
      backup(`2026-01-0${day + 1}T00:00:00Z`, { createdBy }),
    );
    const pinned = backup("2026-01-04T00:00:00Z", { pinned: true });
    const unpinned = backup("2026-01-05T00:00:00Z");
    expect(pruned([...old, pinned, unpinned, backup("2026-02-01T00:00:00Z")])).toEqual([
      unpinned.id,
    ]);
  });

  test("the last good one, and the last good one of each instance", () => {
    const ben = backup("2026-01-01T00:00:00Z", { instances: [{ id: "ben" }, { id: "anna" }] });
    const good = backup("2026-01-02T00:00:00Z");
    const newest = backup("2026-01-03T00:00:00Z", fault);
    expect(pruned([ben, good, newest])).toEqual([]);
    const nobody = backup("2026-01-04T00:00:00Z", { instances: [] });
    expect(pruned([ben, good, nobody])).toEqual([]);
    const both = backup("2026-01-05T00:00:00Z", { instances: [{ id: "anna" }, { id: "ben" }] });
    expect(pruned([ben, good, both])).toEqual([ben.id, good.id]);
  });

  test("the last good one of an instance, whatever came after it", () => {
    const good = backup("2026-01-01T00:00:00Z", { instances: [{ id: "anna", files: 40 }] });
    const after = daily("2026-02-01", 9);
    const others = after.map((each) => ({ ...each, instances: [{ id: "ben", files: 2 }] }));
    const empty = others.map((each) => ({
      ...each,
      instances: [{ id: "anna", files: 0 }, ...each.instances],
    }));
    const brought = after.map((each) => ({ ...each, createdBy: "upload" }));
    for (const came of [others, empty, brought])
      expect(pruned([good, ...came])).not.toContain(good.id);
    const nothing = after.map((each) => ({ ...each, instances: [{ id: "anna", files: 0 }] }));
    expect(pruned([good, ...nothing])).toEqual([]);
    const better = backup("2026-03-01T00:00:00Z", { instances: [{ id: "anna", files: 1 }] });
    expect(pruned([good, better])).toEqual([good.id]);
  });

  test("one with a fault that alone has an instance", () => {
    const older = backup("2026-01-01T00:00:00Z", { ...fault, instances: [{ id: "ben" }] });
    const broken = backup("2026-01-02T00:00:00Z", { ...fault, instances: [{ id: "ben" }] });
    expect(pruned([older, broken, ...daily("2026-02-01", 2)])).toEqual([
      older.id,
      "2026-02-01T03:00:00.000Z",
    ]);
  });

  test("those with a fault push out no good one, and stay while they are new", () => {
    const good = daily("2026-01-01", 3);
    const faulty = daily("2026-01-04", 3).map((each) => ({ ...each, ...fault }));
    expect(pruned([...good, ...faulty], { keepLast: 3 })).toEqual([]);
    expect(pruned([...good, ...faulty], { keepLast: 2 })).toEqual([good[0]?.id]);
    const after = daily("2026-01-07", 3);
    expect(pruned([...good, ...faulty, ...after], { keepLast: 3 })).toEqual(
      [...good, ...faulty].map(({ id }) => id),
    );
  });

  test("those that a wrong clock dated into the future, and they take no place", () => {
    const now = Date.parse("2026-02-01T00:00:00Z");
    const [older, newer] = daily("2026-01-01", 2);
    const future = backup("2031-01-01T00:00:00Z");
    expect(pruned([older, newer, future] as RetainedBackup[], {}, now)).toEqual([older?.id]);
  });
});

test("a new instance of an id neither pushes out nor keeps what is of the former one", () => {
  const of = (uid: string) => ({ instances: [{ id: "bot", uid, files: 3 }] });
  const alices = ["2026-03-01", "2026-03-02"].map((day) => backup(`${day}T03:00:00Z`, of("a")));
  const bobs = ["2026-03-03", "2026-03-04"].map((day) => backup(`${day}T03:00:00Z`, of("b")));
  // Bob's newest is faulty: the last good one of each instance stays.
  const broken = backup("2026-03-05T03:00:00Z", { ...of("b"), ...fault });
  const gone = [alices[0]?.id, bobs[0]?.id];
  expect(pruned([...alices, ...bobs, broken])).toEqual(gone);
  // A good copy of the former instance does not count for the new one, whose only copy stays
  // despite its fault.
  const only = backup("2026-03-04T03:00:00Z", { ...of("b"), ...fault });
  const newer = backup("2026-03-06T03:00:00Z", { instances: [{ id: "ben", uid: "c", files: 1 }] });
  expect(pruned([...alices, only, newer])).toEqual([alices[0]?.id]);
});

/** Two successive instances had the id `anna`; the third record's uid is unknown. */
const ONE = fc.constantFrom(
  { id: "anna", uid: "1" },
  { id: "anna", uid: "2" },
  { id: "anna" },
  { id: "ben", uid: "3" },
  { id: "chen", uid: null },
);
const AnyBackup = fc.record({
  at: fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2026-04-01") }),
  createdBy: fc.constantFrom("schedule", "schedule", "schedule", "panel", "upload"),
  pinned: fc.boolean(),
  good: fc.constantFrom(true, true, true, false),
  instances: fc.uniqueArray(ONE, { maxLength: 3, selector: ({ id }) => id }),
});
const Backups = fc.array(AnyBackup, { maxLength: 40 }).map((list) =>
  list.map(({ at, createdBy, pinned, good, instances }, index) =>
    backup(new Date(at).toISOString(), {
      id: String(index),
      createdBy,
      pinned,
      ...(good ? {} : fault),
      instances,
    }),
  ),
);
const Policy = fc.record({
  keepLast: fc.integer({ min: 1, max: 6 }),
  keepDaily: fc.integer({ min: 0, max: 6 }),
  keepWeekly: fc.integer({ min: 0, max: 6 }),
  timezone: fc.constantFrom("UTC", "Asia/Shanghai", "America/St_Johns", "Pacific/Apia"),
});
const isGood = ({ fault, verifiedAt }: RetainedBackup) => fault === null && verifiedAt !== null;

describe("for any backups and any policy", () => {
  const holds = (
    check: (left: RetainedBackup[], gone: RetainedBackup[], rule: Retention) => void,
  ) =>
    fc.assert(
      fc.property(Backups, Policy, (backups, rule) => {
        const gone = backupsToPrune(backups, rule, LATER);
        check(
          backups.filter((each) => !gone.includes(each)),
          gone,
          rule,
        );
      }),
      { numRuns: 300 },
    );

  test("only unpinned ones of the schedule go", () =>
    holds((_, gone) => {
      for (const { createdBy, pinned } of gone)
        expect([createdBy, pinned]).toEqual(["schedule", false]);
    }));

  test("no instance loses its newest good copy", () =>
    holds((left, gone) => {
      for (const lost of gone)
        for (const { id, uid } of lost.instances) {
          const has = (each: RetainedBackup) =>
            each.instances.some((one) => one.id === id && (one.uid ?? null) === (uid ?? null));
          const stays = left.filter((each) => has(each) && isGood(each));
          if (isGood(lost))
            expect(stays.some((each) => each.createdAt >= lost.createdAt)).toBe(true);
          else expect(left.some(has)).toBe(true);
        }
    }));

  test("as many good ones of the schedule stay as the policy says, or all", () =>
    holds((left, gone, rule) => {
      const ours = (list: RetainedBackup[]) =>
        list.filter((each) => each.createdBy === "schedule" && isGood(each));
      const total = ours(left).length + ours(gone).length;
      expect(ours(left).length).toBeGreaterThanOrEqual(Math.min(total, rule.keepLast));
      for (const lost of ours(gone))
        expect(
          ours(left).filter((each) => each.createdAt >= lost.createdAt).length,
        ).toBeGreaterThanOrEqual(rule.keepLast);
    }));

  test("what was pruned once is pruned: the next time nothing goes", () =>
    holds((left, _, rule) => expect(backupsToPrune(left, rule, LATER)).toEqual([])));

  test("a larger number never lets more go", () =>
    holds((left, gone, rule) => {
      const larger = { ...rule, keepDaily: rule.keepDaily + 1, keepWeekly: rule.keepWeekly + 1 };
      const then = backupsToPrune([...left, ...gone], larger, LATER);
      for (const each of then) expect(gone).toContain(each);
    }));
});

test("a year of nightly backups, pruned each night, ends as the policy says", () => {
  let all: RetainedBackup[] = [];
  for (const night of daily("2026-01-01", 365)) {
    all = [...all, night];
    const gone = backupsToPrune(
      all,
      policy({ keepLast: 7, keepDaily: 14, keepWeekly: 8, timezone: "Europe/Berlin" }),
      Date.parse(night.createdAt),
    );
    all = all.filter((each) => !gone.includes(each));
  }
  const days = all.map(({ createdAt }) => createdAt.slice(0, 10));
  expect(days.slice(-21)).toEqual(
    daily("2026-12-11", 21).map((each) => each.createdAt.slice(0, 10)),
  );
  // Sundays; the first three of the eight weeks are also kept as days.
  expect(days.slice(0, -21)).toEqual([
    "2026-11-08",
    "2026-11-15",
    "2026-11-22",
    "2026-11-29",
    "2026-12-06",
  ]);
});

function at(time: string): (day: string) => string {
  return (day) => `${day}T${time}`;
}
