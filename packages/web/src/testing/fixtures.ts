import type { User } from "@claw/core/access/user";
import { Job as JobSchema } from "@claw/core/job";
import type { Backup, Condition, Instance, Job } from "../api/client.ts";

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
    opensBy: "token",
    image: "openclaw:local",
    owner: null,
    group: null,
    tags: [],
    webhookPaths: [],
    restartCount: 0,
    startedAt: "2026-11-22T08:00:00.000Z",
    createdAt: "2026-11-20T08:00:00.000Z",
    updatedAt: "2026-11-22T08:00:00.000Z",
    ...patch,
  };
}

export function aUser(patch: Partial<User> = {}): User {
  return {
    username: "zhang",
    displayName: "张三丰",
    role: "member",
    disabled: false,
    hasPassword: true,
    hasTotp: false,
    instanceIds: ["zhangsan"],
    lastLoginAt: null,
    createdAt: "2026-11-22T08:00:00.000Z",
    ...patch,
  };
}

/** The patch fits the job of its kind. */
export function aJob(patch: Partial<Job> = {}): Job {
  return JobSchema.parse({
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
  });
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

const ERRORS: ReadonlySet<Condition["code"]> = new Set([
  ...(["ENGINE_UNREACHABLE", "IMAGE_MISSING", "DISK_FULL"] as const),
  ...(["SCHEDULE_FAILED", "SCHEDULE_PARTIAL"] as const),
]);

/** A condition of the panel and its machine. */
export function ofPanel<Code extends Condition["code"]>(
  code: Code,
  detail: Extract<Condition, { code: Code }>["detail"],
) {
  return {
    key: code,
    severity: ERRORS.has(code) ? "error" : "warning",
    subject: { kind: "panel" },
    since: "2026-11-22T08:00:00.000Z",
    code,
    detail,
  } as const;
}

/** The condition of an instance in error. */
export function faultOf(instance: Instance) {
  const { id, uid, name, statusDetail, statusReason } = instance;
  return {
    key: `INSTANCE_ERROR/${uid}/${id}`,
    severity: "error",
    subject: { kind: "instance", id, uid, name },
    since: "2026-11-22T08:00:00.000Z",
    code: "INSTANCE_ERROR",
    detail: {
      cause: statusDetail?.code ?? null,
      exitCode: statusDetail?.exitCode ?? null,
      message: statusReason,
    },
  } as const;
}
