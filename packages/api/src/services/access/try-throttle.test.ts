import { expect, test } from "vitest";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { createTryThrottle } from "./try-throttle.ts";

function make() {
  const host = new FakeHost();
  const start = Date.now();
  let ahead = 0;
  host.now = () => start + ahead;
  return { tries: createTryThrottle(host), pass: (ms: number) => (ahead += ms) };
}

const key = (name: string, free = 2) => ({ key: name, free });
const TOO_MANY = expect.objectContaining({ reason: "TOO_MANY_TRIES" });

test("a try counts before it is made, and who succeeds takes it back", () => {
  const { tries } = make();
  for (let time = 0; time < 10; time++) tries.begin([key("a")]).succeeded();
  tries.begin([key("a")]);
  tries.begin([key("a")]);
  expect(() => tries.begin([key("a")])).toThrow(TOO_MANY);
  tries.begin([key("b")]);
});

test("one key that waits stops the try, and costs the others nothing", () => {
  const { tries, pass } = make();
  tries.begin([key("a", 1)]);
  for (let time = 0; time < 5; time++)
    expect(() => tries.begin([key("a", 1), key("b", 1)])).toThrow(TOO_MANY);
  pass(1_000);
  tries.begin([key("b", 1)]);
});

test("failures are forgotten after an hour of peace, and the oldest when there are too many", () => {
  const { tries, pass } = make();
  for (let time = 0; time < 2; time++) tries.begin([key("a")]);
  pass(3_600_001);
  tries.begin([key("a")]);
  tries.begin([key("old", 1)]);
  for (let n = 0; n < 20_001; n++) tries.begin([key(`n${n}`)]);
  tries.begin([key("old", 1)]);
});
