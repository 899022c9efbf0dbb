import { expect, test } from "vitest";
import { createTransferLine } from "./transfer-line.ts";

const MB = 1_000_000;

function aLine(restarts = true) {
  let time = 0;
  const line = createTransferLine(
    { id: "anna", name: "Anna", bytes: 100 * MB, restarts },
    ["copying", "packing"],
    () => time,
  );
  return {
    line,
    wait: (ms: number) => {
      time += ms;
      line.refresh();
    },
  };
}

test("the bytes of each pass are counted, and no more of them than it has", () => {
  const { line } = aLine();
  line.enter("copying");
  line.move({ bytes: 40 * MB, files: 4 });
  expect([line.view.bytes, line.view.files, line.moved()]).toEqual([40 * MB, 4, 40 * MB]);
  line.enter("packing");
  expect([line.view.bytes, line.moved()]).toEqual([0, 100 * MB]);
  line.move({ bytes: 900 * MB, files: 2 });
  expect([line.view.bytes, line.view.files, line.moved()]).toEqual([100 * MB, 4, 200 * MB]);
  line.enter("done");
  expect([line.view.bytes, line.moved()]).toEqual([100 * MB, 200 * MB]);
});

test("a pass has a rate and a time left, what lies between passes has none", () => {
  const { line, wait } = aLine();
  line.enter("copying");
  wait(0);
  line.move({ bytes: 10 * MB, files: 1 });
  wait(1_000);
  expect(line.view.bytesPerSecond).toBeGreaterThan(0);
  expect(line.view.secondsLeft).toBe(Math.ceil((90 * MB) / line.view.bytesPerSecond));
  line.enter("starting");
  wait(1_000);
  expect([line.view.bytesPerSecond, line.view.secondsLeft]).toEqual([0, null]);
});

test("time down runs on from a second stop to a second start, and stands while it is up", () => {
  const { line, wait } = aLine();
  line.goDown();
  wait(300);
  line.comeUp();
  wait(5_000);
  expect(line.view.downMs).toBe(300);
  line.goDown();
  wait(200);
  line.comeUp();
  expect(line.view.downMs).toBe(500);
});

test("a restart is nearly done at most until it is, and no effort for what does not restart", () => {
  const { line, wait } = aLine();
  line.enter("stopping");
  wait(3_600_000);
  expect(line.effortDone()).toBeLessThan(line.effort());
  line.enter("done");
  expect(line.effortDone()).toBe(line.effort());
  expect([aLine(false).line.effort(), aLine(false).line.effortDone()]).toEqual([0, 0]);
});
