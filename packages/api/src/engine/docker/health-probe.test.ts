import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createHealthProbe } from "./health-probe.ts";

let status = 503;
let requests = 0;
/** Requests of a probe that goes on asking. */
let ticks = 0;
let waiting: (() => void)[] = [];
const server = createServer(({ url }, response) => {
  if (url === "/clock") ticks += 1;
  else requests += 1;
  response.writeHead(url === "/clock" ? 503 : status).end();
  for (const resume of waiting.splice(0)) resume();
});
const asked = () => new Promise<void>((resolve) => waiting.push(resolve));
const target = (startedAt: string, place = "/healthz") => ({
  id: "a",
  containerId: "c",
  startedAt,
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${place}`,
});

beforeEach(async () => {
  status = 503;
  requests = 0;
  ticks = 0;
  waiting = [];
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise<void>((resolve) => void server.close(() => resolve())));

test("asks until the gateway answers, and remembers it for this run only", async () => {
  const probe = createHealthProbe();
  const answered = new Promise((resolve) => probe.listen(resolve));
  probe.begin(target("1"));
  probe.begin(target("1"));
  await asked();
  expect(probe.answeredAgo("c", "1")).toBeNull();
  status = 200;
  expect(await answered).toBe("a");
  expect(probe.answeredAgo("c", "1")).toBeLessThan(5_000);
  expect(probe.answeredAgo("c", "2")).toBeNull();
  const count = requests;
  probe.begin(target("1"));
  probe.forget("c");
  expect(probe.answeredAgo("c", "1")).toBeNull();
  expect(requests).toBe(count);
});

test("asks only while somebody listens", async () => {
  const probe = createHealthProbe();
  probe.begin(target("1"));
  const end = probe.listen(() => expect.unreachable());
  probe.begin(target("1"));
  await asked();
  end();
  status = 200;
  const count = requests;
  // Asserts that nothing happens: waits longer than one interval, as another probe counts it.
  const clock = createHealthProbe();
  const stop = clock.listen(() => expect.unreachable());
  clock.begin(target("1", "/clock"));
  await expect.poll(() => ticks, { timeout: 10_000 }).toBeGreaterThan(2);
  stop();
  expect(requests).toBe(count);
  expect(probe.answeredAgo("c", "1")).toBeNull();
});
