import { describe, expect, test } from "vitest";
import { toStats } from "./stats.ts";

const message = {
  read: "2026-11-22T10:46:12.350Z",
  preread: "2026-11-22T10:46:11.350Z",
  cpu_stats: { cpu_usage: { total_usage: 2_500_000_000 } },
  precpu_stats: { cpu_usage: { total_usage: 1_000_000_000 } },
  memory_stats: { usage: 700, limit: 2_000, stats: { total_inactive_file: 200 } },
  networks: { eth0: { rx_bytes: 3, tx_bytes: 1 }, eth1: { rx_bytes: 4, tx_bytes: 1 } },
};

describe("toStats", () => {
  test("100 % is one processor; memory is without droppable cache; networks are summed up", () => {
    expect(toStats(message)).toEqual({
      cpuPercent: 150,
      memoryBytes: 500,
      memoryLimitBytes: 2_000,
      networkReceivedBytes: 7,
      networkSentBytes: 2,
    });
  });

  test("cgroup v2 names its cache differently", () => {
    const memory_stats = { usage: 700, limit: 2_000, stats: { inactive_file: 100 } };
    expect(toStats({ ...message, memory_stats })?.memoryBytes).toBe(600);
  });

  test("the first message and one of an ended container are nothing", () => {
    expect(toStats({ ...message, preread: "0001-01-01T00:00:00Z" })).toBeNull();
    expect(toStats({ ...message, memory_stats: {} })).toBeNull();
  });
});
