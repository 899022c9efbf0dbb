import { expect, test } from "vitest";
import { rejects } from "../../tests/support/rejects.ts";
import type { Asker } from "./config-checker.ts";
import { createFairTurns } from "./fair-turns.ts";

/** Turns of which the first is held until `go`; `order` tells whose the others were. */
function scene() {
  const turns = createFairTurns();
  const held = Promise.withResolvers<void>();
  const order: string[] = [];
  const first = turns.take({ by: "anna", isSave: false }, () => held.promise);
  const ask = (name: string, asker: Asker) =>
    turns.take(asker, async () => {
      order.push(name);
      return name;
    });
  return { ask, first, go: () => held.resolve(), order, turns };
}

const mark = (by: string): Asker => ({ by, isSave: false });
const save = (by: string): Asker => ({ by, isSave: true });

test("one who asks a hundred times holds nobody up", async () => {
  const { ask, go, order } = scene();
  const many = Array.from({ length: 100 }, (_, at) => ask(`anna ${at}`, mark("anna")));
  const others = [ask("ben", mark("ben")), ask("clara", mark("clara"))];
  go();
  expect(await Promise.all(others)).toEqual(["ben", "clara"]);
  await Promise.all(many);
  expect(order.slice(0, 4)).toEqual(["ben", "clara", "anna 0", "anna 1"]);
});

test("saves come before marks, and of many saves each user has a turn", async () => {
  const { ask, go, order } = scene();
  const all = [
    ask("mark of ben", mark("ben")),
    ask("save of anna", save("anna")),
    ask("another of anna", save("anna")),
    ask("save of clara", save("clara")),
  ];
  go();
  await Promise.all(all);
  expect(order).toEqual(["save of clara", "save of anna", "another of anna", "mark of ben"]);
});

test("whoever goes is not waited for, unless it is their turn already", async () => {
  const { ask, first, go, order, turns } = scene();
  const ends = new AbortController();
  const waits = ask("gone", { ...mark("ben"), signal: ends.signal });
  const stays = ask("stays", mark("clara"));
  ends.abort();
  await rejects(waits, "CANCELLED");
  await rejects(ask("late", { ...mark("ben"), signal: ends.signal }), "CANCELLED");
  go();
  await Promise.all([first, stays]);
  expect(order).toEqual(["stays"]);
  const during = new AbortController();
  const ran = turns.take({ ...mark("ben"), signal: during.signal }, async () => {
    during.abort();
    return "done";
  });
  expect(await ran).toBe("done");
});

test("one that fails lets the next have its turn", async () => {
  const { ask, go, turns } = scene();
  const fails = turns.take(mark("anna"), () => Promise.reject(new Error("no")));
  const after = ask("ben", mark("ben"));
  go();
  await expect(fails).rejects.toThrow("no");
  expect(await after).toBe("ben");
});
