import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { eventually, settled } from "../../../../tests/support/deadline.ts";
import { FakeHost } from "../../../../tests/support/fake-host.ts";
import { watchSender } from "./watch-sender.ts";

const IDLE_MS = 30_000;

function watched() {
  const host = new FakeHost();
  const source = new PassThrough();
  const sender = watchSender(host, source, IDLE_MS);
  const body = sender.body[Symbol.asyncIterator]();
  /** Lets the time pass in which it may be silent. */
  const pass = async () => {
    await eventually(() => expect(host.asleep).toBe(1));
    host.advance(IDLE_MS);
    await settled();
  };
  return { host, source, sender, body, pass };
}

test("a sender that is waited for all the time, and sends nothing, is noticed", async () => {
  const { sender, body, pass } = watched();
  void body.next();
  // Nobody waited for it from the beginning of this time on, only from that of the next.
  await pass();
  expect(sender.signal.aborted).toBe(false);
  await pass();
  expect(sender.signal.aborted).toBe(true);
  expect(sender.signal.reason).toMatchObject({
    reason: "CANCELLED",
    message: expect.stringMatching(/^Nothing more .* for 30 seconds/),
  });
});

test("one that sends something now and then may take as long as it likes", async () => {
  const { sender, source, body, pass } = watched();
  for (let turn = 0; turn < 10; turn++) {
    const next = body.next();
    await pass();
    expect(sender.signal.aborted, `turn ${turn}`).toBe(false);
    source.write("x");
    expect((await next).done).toBe(false);
  }
});

test("one that nobody waits for may be silent: the disk has its time", async () => {
  const { sender, source, body, pass } = watched();
  source.write("x");
  await body.next();
  for (let turn = 0; turn < 5; turn++) await pass();
  expect(sender.signal.aborted).toBe(false);
});

test("its clock ends with it", async () => {
  const { host, sender } = watched();
  expect(host.asleep).toBe(1);
  sender[Symbol.dispose]();
  expect(host.asleep).toBe(0);
  host.advance(IDLE_MS);
  await settled();
  expect([host.asleep, sender.signal.aborted]).toEqual([0, false]);
});
