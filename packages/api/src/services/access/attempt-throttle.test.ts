import { expect, test } from "vitest";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { createAttemptThrottle } from "./attempt-throttle.ts";

function make() {
  const host = new FakeHost();
  const start = Date.now();
  let ahead = 0;
  host.now = () => start + ahead;
  return { attempts: createAttemptThrottle(host), pass: (ms: number) => (ahead += ms) };
}

const key = (name: string, free = 2) => ({ key: name, free });
const TOO_MANY = expect.objectContaining({ reason: "TOO_MANY_ATTEMPTS" });

test("a try counts before it is made, and who succeeds takes it back", () => {
  const { attempts } = make();
  for (let time = 0; time < 10; time++) attempts.begin([key("a")]).succeeded();
  attempts.begin([key("a")]);
  attempts.begin([key("a")]);
  expect(() => attempts.begin([key("a")])).toThrow(TOO_MANY);
  attempts.begin([key("b")]);
});

test("one key that waits stops the try, and costs the others nothing", () => {
  const { attempts, pass } = make();
  attempts.begin([key("a", 1)]);
  for (let time = 0; time < 5; time++)
    expect(() => attempts.begin([key("a", 1), key("b", 1)])).toThrow(TOO_MANY);
  pass(1_000);
  attempts.begin([key("b", 1)]);
});

test("setting the clock back neither causes nor prolongs a wait", () => {
  const { attempts, pass } = make();
  attempts.begin([key("a")]);
  attempts.begin([key("b", 1)]);
  pass(-86_400_000);
  attempts.begin([key("a")]);
  expect(() => attempts.begin([key("b", 1)])).toThrow(TOO_MANY);
  pass(1_000);
  attempts.begin([key("b", 1)]);
});

test("failures are forgotten after an hour of peace, and the oldest when there are too many", () => {
  const { attempts, pass } = make();
  for (let time = 0; time < 2; time++) attempts.begin([key("a")]);
  pass(3_600_001);
  attempts.begin([key("a")]);
  attempts.begin([key("old", 1)]);
  for (let n = 0; n < 20_001; n++) attempts.begin([key(`n${n}`)]);
  attempts.begin([key("old", 1)]);
});
