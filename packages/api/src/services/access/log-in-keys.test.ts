import { expect, test } from "vitest";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { logInKeys, pairOf } from "./log-in-keys.ts";

const place = { username: "mina", address: "10.0.0.1", browserId: null, isHome: false };

test("a known browser, and an address where the account has been, are counted by themselves", async () => {
  await using panel = await createTestPanel();
  const keysOf = (at: Partial<Parameters<typeof logInKeys>[1]>) =>
    logInKeys(panel.context, { ...place, ...at }).map(({ key }) => key);
  expect(keysOf({ browserId: "b1", isHome: true })).toEqual(["browser b1 mina"]);
  expect(keysOf({ isHome: true })).toEqual(["pair mina 10.0.0.1"]);
  expect(keysOf({})).toHaveLength(4);
});

test("the address only counts the first tries of a name, and then has it wait", async () => {
  await using panel = await createTestPanel();
  const waits = () =>
    logInKeys(panel.context, place).find(({ key }) => key === "address 10.0.0.1")?.onlyCounts;
  const said = [waits()];
  for (let time = 0; time < 3; time++) {
    panel.context.access.attempts.begin([{ key: `pair ${pairOf("mina", "10.0.0.1")}`, free: 5 }]);
    said.push(waits());
  }
  expect(said).toEqual([true, true, true, false]);
});
