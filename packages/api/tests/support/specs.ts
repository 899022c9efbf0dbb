import type { Backup } from "@claw/core/backup/backup";
import type { InstanceSpec } from "@claw/core/instance";
import { Job } from "@claw/core/job";
import type { ObservedContainer } from "@claw/core/status";
import type { ReplacementEntry } from "../../src/store/replacement-records.ts";
import type { SnapshotRecord } from "../../src/store/snapshot-records.ts";

/** A stored instance; `number` makes its unique fields differ. */
export function specOf(patch: Partial<InstanceSpec> = {}, number = 0): InstanceSpec {
  return {
    id: `i${number}`,
    uid: `${patch.id ?? `i${number}`} of ${number}`,
    name: `Instance ${number}`,
    label: `${patch.id ?? `i${number}`}-${number}`,
    ingress: null,
    ingressFault: null,
    port: 20_000 + number,
    subnet: `10.99.${Math.floor(number / 32)}.${(number % 32) * 8}/29`,
    image: "openclaw:test",
    publishHost: "127.0.0.1",
    timezone: "Asia/Shanghai",
    user: null,
    owner: null,
    ownership: "o0",
    group: null,
    tags: [],
    webhookPaths: [],
    template: null,
    desired: "running",
    phase: "ready",
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
    ...patch,
  };
}

/** A healthy container. */
export function containerOf(patch: Partial<ObservedContainer> = {}): ObservedContainer {
  return {
    containerId: "c1",
    specHash: "hash",
    image: "openclaw:test",
    state: "running",
    health: "healthy",
    answered: true,
    restartCount: 0,
    exitCode: 0,
    outOfMemory: false,
    startedAt: "2026-01-01T00:00:00.000Z",
    ...patch,
  };
}

/** The patch fits the job of its kind. */
export function jobOf(patch: Partial<Job> = {}): Job {
  return Job.parse({
    id: "j1",
    kind: "init",
    instanceId: "anna",
    about: [],
    status: "running",
    progress: 0.5,
    detail: null,
    step: "init.ready",
    error: null,
    result: null,
    createdAt: "2026-01-01T00:00:00.000Z",
    startedAt: "2026-01-01T00:00:00.000Z",
    finishedAt: null,
    ...patch,
  });
}

export function backupOf(patch: Partial<Backup> = {}): Backup {
  const instances = patch.instances ?? [{ id: "anna", name: "Anna", bytes: 1_000, files: 3 }];
  return {
    id: "b1",
    filename: "claw-20260101-000000-1.tar",
    size: 10_240,
    sha256: "0".repeat(64),
    instanceCount: instances.length,
    instances,
    createdAt: "2026-01-01T00:00:00.000Z",
    createdBy: "panel",
    note: null,
    encryption: null,
    pinned: false,
    verifiedAt: null,
    provenAt: null,
    fault: null,
    ...patch,
  };
}

export function replacementOf(patch: Partial<ReplacementEntry> = {}): ReplacementEntry {
  return {
    instanceId: "anna",
    jobId: "j1",
    data: { staged: "anna-j1", kept: "anna-j1", reverted: null },
    spec: null,
    specBefore: null,
    containerBefore: null,
    startedAt: "2026-01-01T00:00:00.000Z",
    ...patch,
  };
}

export function snapshotOf(patch: Partial<SnapshotRecord> = {}): SnapshotRecord {
  return {
    id: "s1",
    instanceId: "anna",
    uid: null,
    owner: null,
    name: "Anna",
    backupId: "b1",
    kept: "anna-j1",
    bytes: 1_000,
    createdAt: "2026-01-01T00:00:00.000Z",
    expiresAt: "2026-01-08T00:00:00.000Z",
    undecided: false,
    ...patch,
  };
}
