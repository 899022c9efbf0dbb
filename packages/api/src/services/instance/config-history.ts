import type { Viewer } from "@claw/core/access/viewer";
import { changedPaths } from "@claw/core/config-effect";
import type {
  ConfigDifference,
  ConfigHistory,
  ConfigHistoryQuery,
  ConfigVersion,
  ConfigVersionText,
} from "@claw/core/config-history";
import type { ConfigSaved } from "@claw/core/config-views";
import type { InstanceId } from "@claw/core/instance";
import { configVersionNotFound } from "@claw/core/not-found";
import type { AppContext } from "../../context.ts";
import type { ConfigVersionRecord, VersionScope } from "../../store/config-records.ts";
import type { Actor } from "../access/audit-draft.ts";
import { ownershipFor } from "../access/visible.ts";
import { managedKeysOf } from "../opening/managed-keys-of.ts";
import { revisionOf } from "./config-revision.ts";
import { noticeConfig } from "./config-versions.ts";
import { findInstance } from "./find-instance.ts";
import { parsed, restoredText } from "./restored-text.ts";
import { saveConfig } from "./save-config.ts";

/**
 * A page of the versions of an instance's configuration, newest first; of those that `viewer` may
 * see, if it is given.
 */
export async function listConfigVersions(
  ctx: AppContext,
  { id, cursor, limit }: ConfigHistoryQuery,
  viewer?: Viewer,
): Promise<ConfigHistory> {
  const { uid, scope, current } = await seenOf(ctx, id, viewer);
  const before = cursor ? Number(cursor) : null;
  const found = await ctx.store.listConfigVersions(uid, { before, limit: limit + 1 }, scope);
  const page = found.slice(0, limit);
  const healthy = await ctx.store.lastHealthyConfigVersion(uid, scope);
  const last = found.length > limit ? page.at(-1) : undefined;
  const shown = (record: ConfigVersionRecord) => view(record, current);
  return {
    versions: page.map(shown),
    lastHealthy: healthy && shown(healthy),
    nextCursor: last ? String(last.version) : null,
  };
}

/** A version with its text, byte for byte. Throws CONFIG_VERSION_NOT_FOUND. */
export async function readConfigVersion(
  ctx: AppContext,
  { id, version }: { id: InstanceId; version: number },
  viewer?: Viewer,
): Promise<ConfigVersionText> {
  const { uid, scope, current } = await seenOf(ctx, id, viewer);
  const record = await ctx.store.findConfigVersion(uid, version);
  const isSeen = record && !record.isPending && (scope === null || isWithin(record, scope));
  const text = isSeen ? await ctx.store.configTextOf(uid, version) : null;
  if (!record || text === null) throw configVersionNotFound(id, version);
  return { ...view(record, current), text };
}

/**
 * What a viewer may see of a history: members, what it had since the instance is theirs, and what the
 * file has now.
 */
async function seenOf(ctx: AppContext, id: InstanceId, viewer: Viewer | undefined) {
  const current = (await noticeConfig(ctx, id))?.version ?? null;
  const spec = await findInstance(ctx, id);
  const ownership = viewer ? ownershipFor(viewer, spec) : null;
  const scope: VersionScope | null = ownership === null ? null : { ownership, current };
  return { uid: spec.uid, scope, current };
}

const isWithin = ({ ownership, version }: ConfigVersionRecord, scope: VersionScope) =>
  ownership === scope.ownership || version === scope.current;

/** The differences between two versions. Throws CONFIG_VERSION_NOT_FOUND. */
export async function compareConfigVersions(
  ctx: AppContext,
  { id, from, to }: { id: InstanceId; from: number; to: number },
  viewer?: Viewer,
): Promise<ConfigDifference> {
  const before = await readConfigVersion(ctx, { id, version: from }, viewer);
  const after = await readConfigVersion(ctx, { id, version: to }, viewer);
  const values = [parsed(before.text), parsed(after.text)] as const;
  const paths = values.includes(null) ? [] : changedPaths(...values);
  return { from: before, to: after, paths };
}

/**
 * Saves the text of a former version as the newest one, as the editor would: with the same checks
 * and the same answer, as `restoredText` has it. One with which the instance came up healthy is not
 * put before its image, whose word takes seconds: the way out of an error must not wait for it, nor
 * end with it. Throws CONFIG_VERSION_NOT_FOUND and the errors of `saveConfig`.
 */
export async function restoreConfig(
  ctx: AppContext,
  { id, version }: { id: InstanceId; version: number },
  by?: Actor,
  viewer?: Viewer,
): Promise<ConfigSaved> {
  const former = await readConfigVersion(ctx, { id, version }, viewer);
  const present = await ctx.disk.storage.readConfig(id);
  const revision = present === null ? "" : revisionOf(present);
  const text = restoredText(former.text, present, await managedKeysOf(ctx, id));
  const hasRun = former.healthy;
  return saveConfig(ctx, { id, text, revision, source: "restore", hasRun }, by);
}

function view(
  { version, at, by, source, revision, size, healthyAt }: ConfigVersionRecord,
  current: number | null,
): ConfigVersion {
  return {
    ...{ version, at, by, source, revision, size, healthyAt },
    current: version === current,
    healthy: healthyAt !== null,
  };
}
