import { expect, test } from "vitest";
import { AuditPage } from "./access/audit.ts";
import { AccessState, LoggedIn } from "./access/log-in-views.ts";
import { PolicyState } from "./backup/policy-state.ts";
import { ConfigHistory, ConfigVersion } from "./config-history.ts";
import { RolloutPreview } from "./config-rollout.ts";
import { ConfigCheck, ConfigSaved, ConfigState, InstanceConfig } from "./config-views.ts";
import { Instance } from "./instance.ts";
import { InstanceStats, OpenLink, WatchEvent } from "./instance-views.ts";
import { LogBatch } from "./log-cursor.ts";
import { SystemStatus } from "./system.ts";

const keysOf = ({ shape }: { shape: object }) => Object.keys(shape);

/** Other programs read these fields: one may be added here, but none renamed or removed. */
test.each([
  [
    "Instance",
    Instance,
    [
      ...["id", "name", "port", "status", "statusReason", "desired", "url", "image"],
      ...["restartCount", "startedAt", "createdAt", "updatedAt", "opensBy"],
    ],
  ],
  ["InstanceStats", InstanceStats, ["id", "cpuPercent", "memoryBytes", "memoryLimitBytes"]],
  ["OpenLink", OpenLink, ["url", "expiresAt"]],
  ["InstanceConfig", InstanceConfig, ["text", "revision"]],
  [
    "ConfigVersion",
    ConfigVersion,
    ["version", "at", "by", "source", "revision", "size", "current", "healthy"],
  ],
  ["ConfigHistory", ConfigHistory, ["versions", "nextCursor"]],
  ["ConfigSaved", ConfigSaved, ["revision", "effect", "message"]],
  ["ConfigCheck", ConfigCheck, ["valid", "issues"]],
  ["RolloutPreview", RolloutPreview, ["instances"]],
  ["LogBatch", LogBatch, ["lines", "skipped"]],
  ["SystemStatus", SystemStatus, ["version", "engine", "image", "host", "instances"]],
  ["SystemStatus.engine", SystemStatus.shape.engine, ["kind", "reachable", "version", "error"]],
  ["SystemStatus.image", SystemStatus.shape.image, ["ref", "present", "id", "size"]],
  [
    "SystemStatus.host",
    SystemStatus.shape.host,
    ["cpus", "loadAverage", "memoryTotal", "memoryFree", "diskTotal", "diskFree"],
  ],
  [
    "SystemStatus.instances",
    SystemStatus.shape.instances,
    ["total", "running", "stopped", "error"],
  ],
  ["AccessState", AccessState, ["initialized", "user"]],
  ["LoggedIn", LoggedIn, ["token", "expiresAt", "user"]],
  ["PolicyState", PolicyState, ["policy", "nextRun", "lastRun"]],
  ["AuditPage", AuditPage, ["entries", "nextCursor"]],
])("%s has the fields of the contract", (_, schema, fields) => {
  expect(keysOf(schema)).toEqual(expect.arrayContaining(fields));
});

test("the events of instances are those of the contract", () => {
  const events = WatchEvent.options.map(({ shape: { type, ...rest } }) => [
    type.value,
    Object.keys(rest),
  ]);
  expect(events).toEqual([
    ["snapshot", ["instances"]],
    ["changed", ["instance"]],
    ["removed", ["id"]],
    ["engine", ["reachable"]],
  ]);
});

test("only a lost configuration is offered again", () => {
  const lost = { complaint: null, text: "{}", isBack: false };
  const state = { revision: "r", outcome: "kept" };
  const offers = (outcome: string) =>
    ConfigState.safeParse({ ...state, lost: { ...lost, outcome } }).success;
  expect(["replaced", "skipped", "died", "kept", "watched"].filter(offers)).toEqual([
    "replaced",
    "skipped",
    "died",
  ]);
});
