import type { Backup, Instance, Job } from "../api/client.ts";

export function anInstance(patch: Partial<Instance> = {}): Instance {
  return {
    id: "zhangsan",
    uid: "0123456789abcdef0123456789abcdef",
    name: "张三",
    port: 18789,
    status: "running",
    statusReason: null,
    statusDetail: null,
    desired: "running",
    url: "http://127.0.0.1:18789/",
    image: "openclaw:local",
    owner: null,
    restartCount: 0,
    startedAt: "2026-11-22T08:00:00.000Z",
    createdAt: "2026-11-20T08:00:00.000Z",
    updatedAt: "2026-11-22T08:00:00.000Z",
    ...patch,
  };
}

export function aJob(patch: Partial<Job> = {}): Job {
  return {
    id: "job-1",
    kind: "image",
    instanceId: null,
    about: [],
    status: "running",
    progress: 0.4,
    detail: null,
    step: "image.pull",
    error: null,
    result: null,
    createdAt: "2026-11-22T08:00:00.000Z",
    startedAt: "2026-11-22T08:00:01.000Z",
    finishedAt: null,
    ...patch,
  };
}

export function aBackup(patch: Partial<Backup> = {}): Backup {
  const instances = patch.instances ?? [
    { id: "zhangsan", name: "张三", bytes: 840_000_000, files: 1200 },
  ];
  return {
    id: "backup-1",
    filename: "claw-20261122-030000-1.tar",
    size: 312_000_000,
    sha256: "0a1b2c",
    instanceCount: instances.length,
    createdAt: "2026-11-22T03:00:00.000Z",
    createdBy: "panel",
    note: null,
    encryption: null,
    pinned: false,
    verifiedAt: "2026-11-22T03:01:00.000Z",
    provenAt: null,
    fault: null,
    ...patch,
    instances,
  };
}
