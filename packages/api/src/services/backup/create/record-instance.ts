import type { InstanceRecord } from "@claw/core/backup/instance-record";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../../context.ts";
import { composeTextOf } from "../../instance/apply-instance.ts";

/** In both images the container's working directory is OpenClaw's. */
const VERSION_COMMAND = ["node", "-p", "require('./package.json').version"];
const VERSION_WITHIN_MS = 5_000;

/** Everything a backup records of an instance except the time of the copy. */
export async function recordInstance(
  ctx: AppContext,
  spec: InstanceSpec,
  options: { isUp: boolean; signal: AbortSignal },
): Promise<Omit<InstanceRecord, "takenAt">> {
  const image = await ctx.engine.images.find(spec.image);
  return {
    id: spec.id,
    uid: spec.uid,
    name: spec.name,
    port: spec.port,
    publishHost: spec.publishHost,
    timezone: spec.timezone,
    desired: spec.desired,
    createdAt: spec.createdAt,
    owner: ctx.access.people.nameOf(spec.owner),
    group: spec.group,
    tags: spec.tags,
    image: { ref: spec.image, id: image?.id ?? null, digest: image?.digest ?? null },
    openclawVersion: options.isUp ? await askVersion(ctx, spec.id, options.signal) : null,
    // The record holds no secret.
    compose: await composeTextOf(ctx, { ...spec, ingress: null }),
  };
}

/** Null if unknown: that must not fail a backup. */
export async function askVersion(
  ctx: AppContext,
  id: InstanceId,
  signal: AbortSignal,
): Promise<string | null> {
  if (!ctx.engine.capabilities.exec) return null;
  const within = AbortSignal.any([signal, AbortSignal.timeout(VERSION_WITHIN_MS)]);
  try {
    const { exitCode, stdout } = await ctx.engine.exec(id, VERSION_COMMAND, { signal: within });
    const version = stdout.trim();
    return exitCode === 0 && /^[\w.+-]{1,100}$/.test(version) ? version : null;
  } catch {
    return null;
  }
}
