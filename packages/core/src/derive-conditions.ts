import { isDecided } from "./backup/decided.ts";
import type { ConditionFacts, ConditionInstance } from "./condition-facts.ts";
import type { Condition, ConditionCode, Severity } from "./conditions.ts";
import { isDiskNearlyFull, isMemoryNearlyFull } from "./nearly-full.ts";

/** A condition without its key. Without `since`, it begins when first derived. */
type Found = {
  [C in Condition as C["code"]]: Omit<C, "key" | "since"> & { since?: string };
}[ConditionCode];

const RECENT_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * The conditions that follow from these facts, without consequences of another condition. Known
 * conditions keep their `since`.
 */
export function deriveConditions(
  facts: ConditionFacts,
  before: readonly Condition[] = [],
): Condition[] {
  const known = new Map(before.map(({ key, since }) => [key, since]));
  const now = new Date(facts.now).toISOString();
  return [
    ...machineConditions(facts),
    ...facts.instances.flatMap(instanceFault),
    ...facts.undecided.flatMap((restore) => undecidedRestore(restore, facts.instances)),
    ...(scheduleFailure(facts) ?? recentBackupMissing(facts)),
    ...leftovers(facts),
    ...facts.instances.flatMap(blockedSocket),
    ...facts.instances.flatMap(refusedIngress),
    ...facts.instances.flatMap(pendingChange),
  ].map((found) => {
    const key = keyOf(found);
    return { ...found, key, since: found.since ?? known.get(key) ?? now };
  });
}

/** The condition that none of these backups of these instances is recent, if so. */
export function backupConditions(
  facts: Pick<ConditionFacts, "now" | "instances" | "backups">,
): Condition[] {
  const now = new Date(facts.now).toISOString();
  return recentBackupMissing(facts).map((found) => ({
    ...found,
    key: keyOf(found),
    since: found.since ?? now,
  }));
}

function keyOf({ code, subject, detail }: Found): string {
  if (subject.kind === "panel") return code;
  return [code, subject.uid, ...("snapshotId" in detail ? [detail.snapshotId] : [])].join("/");
}

const panel = (severity: Severity) => ({ severity, subject: { kind: "panel" as const } });
const instanceOf = ({ id, uid, name }: ConditionInstance, severity: Severity) => ({
  severity,
  subject: { kind: "instance" as const, id, uid, name },
});

/** Conditions that affect all instances. */
function machineConditions({ engineFault, image, room }: ConditionFacts): Found[] {
  const found: Found[] = [];
  if (engineFault !== null)
    found.push({
      ...panel("error"),
      code: "ENGINE_UNREACHABLE",
      detail: { message: engineFault },
    });
  // Without the engine the image is unknown.
  else if (!image.present)
    found.push({ ...panel("error"), code: "IMAGE_MISSING", detail: { image: image.ref } });
  if (room.isShort)
    found.push({ ...panel("error"), code: "DISK_FULL", detail: { owed: room.owed } });
  else if (isDiskNearlyFull(room))
    found.push({
      ...panel("warning"),
      code: "DISK_NEARLY_FULL",
      detail: { free: room.diskFree, total: room.diskTotal },
    });
  if (isMemoryNearlyFull(room))
    found.push({
      ...panel("warning"),
      code: "MEMORY_NEARLY_FULL",
      detail: { free: room.memoryFree, total: room.memoryTotal },
    });
  return found;
}

function instanceFault(instance: ConditionInstance): Found[] {
  const { status, statusReason, statusDetail, isOwed } = instance;
  const isError = status === "error";
  if (isOwed && (status === "starting" || statusDetail?.code === "START_FAILED")) {
    const message = statusDetail?.retry?.reason ?? (isError ? statusReason : null);
    const detail = { message, retryAt: statusDetail?.retry?.at ?? null };
    return [{ ...instanceOf(instance, "error"), code: "START_OWED", detail }];
  }
  if (!isError) return [];
  const detail = {
    cause: statusDetail?.code ?? null,
    exitCode: statusDetail?.exitCode ?? null,
    message: statusReason,
  };
  return [{ ...instanceOf(instance, "error"), code: "INSTANCE_ERROR", detail }];
}

function undecidedRestore(
  restore: ConditionFacts["undecided"][number],
  instances: readonly ConditionInstance[],
): Found[] {
  const instance = instances.find(({ id }) => id === restore.instanceId);
  if (!instance || isDecided(restore, instance)) return [];
  const found = { code: "RESTORE_UNDECIDED", detail: { snapshotId: restore.id } } as const;
  return [{ ...instanceOf(instance, "warning"), ...found, since: restore.createdAt }];
}

/** Null if the last run succeeded. */
function scheduleFailure({ instances, lastRun }: ConditionFacts): Found[] | null {
  if (instances.length === 0 || lastRun === null) return null;
  const { at, jobId, status, message } = lastRun;
  if (status !== "failed" && status !== "partial") return null;
  const code = status === "failed" ? "SCHEDULE_FAILED" : "SCHEDULE_PARTIAL";
  return [{ ...panel("error"), code, detail: { jobId, message }, since: at }];
}

function recentBackupMissing({
  now,
  instances,
  backups,
}: Pick<ConditionFacts, "now" | "instances" | "backups">): Found[] {
  const oldest = earliest(instances.map(({ createdAt }) => createdAt));
  if (oldest === undefined) return [];
  const newestAt = backups
    .filter(({ fault }) => fault === null)
    .map(({ createdAt }) => createdAt)
    .reduce<string | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined);
  if (newestAt === undefined)
    return [{ ...panel("warning"), code: "BACKUP_NONE", detail: {}, since: oldest }];
  const oldAt = Date.parse(newestAt) + RECENT_MS;
  if (now <= oldAt) return [];
  const since = new Date(oldAt).toISOString();
  return [{ ...panel("warning"), code: "BACKUP_OLD", detail: { newestAt }, since }];
}

const earliest = (times: readonly string[]): string | undefined =>
  times.reduce<string | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);

/** Conditions that do not affect instances. */
function leftovers(facts: ConditionFacts): Found[] {
  const { composeFault, uncovered, isDomainMissing, orphans } = facts;
  const found: Found[] = [];
  if (composeFault !== null)
    found.push({
      ...panel("warning"),
      code: "COMPOSE_FILE_STALE",
      detail: { message: composeFault },
    });
  if (uncovered.length > 0)
    found.push({
      ...panel("warning"),
      code: "CERTIFICATE_NAMES",
      detail: { names: [...uncovered] },
    });
  if (isDomainMissing) found.push({ ...panel("warning"), code: "DOMAIN_MISSING", detail: {} });
  if (orphans.length > 0)
    found.push({
      ...panel("warning"),
      code: "ORPHAN_CONTAINERS",
      detail: { containers: [...orphans] },
    });
  return found;
}

function refusedIngress(instance: ConditionInstance): Found[] {
  if (!instance.isIngressRefused) return [];
  return [{ ...instanceOf(instance, "notice"), code: "INGRESS_REFUSED", detail: {} }];
}

function blockedSocket(instance: ConditionInstance): Found[] {
  if (!instance.isSocketBlocked) return [];
  return [{ ...instanceOf(instance, "warning"), code: "WEBSOCKET_BLOCKED", detail: {} }];
}

function pendingChange(instance: ConditionInstance): Found[] {
  const { pendingChange: change, image } = instance;
  if (!change) return [];
  return [{ ...instanceOf(instance, "notice"), code: "CHANGE_PENDING", detail: { change, image } }];
}
