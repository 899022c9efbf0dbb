import type { Instance, Job } from "../api/client.ts";

export function anInstance(patch: Partial<Instance> = {}): Instance {
  return {
    id: "zhangsan",
    name: "张三",
    port: 18789,
    status: "running",
    statusReason: null,
    statusDetail: null,
    desired: "running",
    url: "http://localhost:18789/",
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
