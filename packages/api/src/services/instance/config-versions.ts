import { hasReason, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { Uses } from "../../context.ts";
import { timestamp } from "../../host/host.ts";
import type { ConfigVersionRecord } from "../../store/config-records.ts";
import { NOBODY } from "../access/audit-draft.ts";
import type { ConfigAuthor } from "../runtime/config-author.ts";
import { revisionMismatch, revisionOf } from "./config-revision.ts";

/** A change that the panel did not make. */
const FOUND: ConfigAuthor = { source: "openclaw", by: NOBODY };
/** The text with which a history begins: nobody knows any more who wrote it. */
const FIRST: ConfigAuthor = { source: "panel", by: NOBODY };

/** A change that the panel makes by itself, such as following the instance's address. */
export const BY_PANEL: ConfigAuthor = { source: "panel", by: NOBODY };

type Parts = Uses<"store" | "storage" | "live" | "host" | "log">;

interface WriteOptions {
  author: ConfigAuthor;
  /** The text from which the new one was made; null: there was none. Undefined: whatever is there. */
  basis?: string | null | undefined;
  /** The former text comes back; the one that is lost is still offered. */
  putsBack?: boolean;
}

/**
 * The only way in which the panel writes an instance's openclaw.json. The text that is there goes
 * into the history first, if it is not in it; a crash at any point leaves the file and the history
 * in agreement, at the latest when the file is looked at again. Throws REVISION_MISMATCH when the file
 * is no longer the `basis`.
 */
export function writeInstanceConfig(
  ctx: Parts,
  id: InstanceId,
  text: string,
  { author, basis, putsBack = false }: WriteOptions,
): Promise<void> {
  const { saved, configTurns } = ctx.runtime.live;
  const write = () =>
    saved[putsBack ? "putBack" : "overwrite"](id, () => ctx.disk.storage.writeConfig(id, text));
  return configTurns.take(id, async () => {
    const uid = uidOf(ctx, id);
    if (uid === null) return write();
    const before = await look(ctx, id, uid, foundBy(ctx, id));
    if (basis !== undefined && (before?.revision ?? null) !== (basis && revisionOf(basis)))
      throw revisionMismatch();
    if (before?.revision === revisionOf(text)) return write();
    const replaced = before?.version ?? null;
    const { version } = await insert(ctx, uid, text, { author, replaced, isPending: true });
    // If this fails, or the panel is killed, the next look finds out whether it is written.
    await write();
    try {
      await ctx.store.confirmConfigVersion(uid, version);
    } catch (error) {
      // The next look does it: the text is in the file, and nobody may be told otherwise.
      warn(ctx, id, error);
    }
  });
}

/**
 * Makes `change`, by which something else than the panel writes the file, such as OpenClaw's
 * onboarding. What it wrote is `author`'s, also when it fails, and whoever looks first.
 */
export async function changeConfigAs<T>(
  ctx: Parts,
  id: InstanceId,
  author: ConfigAuthor,
  change: () => Promise<T>,
): Promise<T> {
  const { configAuthors } = ctx.runtime.live;
  await noticeConfig(ctx, id);
  configAuthors.set(id, author);
  try {
    return await change();
  } finally {
    await noticeConfig(ctx, id);
    configAuthors.delete(id);
  }
}

/**
 * Records the text of openclaw.json as another version if it is not the newest: by default, as a
 * change that the panel did not make. Returns the version of the text; null when there is no text
 * to keep.
 */
export function recordConfig(
  ctx: Parts,
  id: InstanceId,
  author?: ConfigAuthor,
): Promise<ConfigVersionRecord | null> {
  return ctx.runtime.live.configTurns.take(id, async () => {
    const uid = uidOf(ctx, id);
    return uid === null ? null : look(ctx, id, uid, author ?? foundBy(ctx, id));
  });
}

/** The same beside work that must not fail of it. */
export async function noticeConfig(
  ctx: Parts,
  id: InstanceId,
  author?: ConfigAuthor,
): Promise<ConfigVersionRecord | null> {
  try {
    return await recordConfig(ctx, id, author);
  } catch (error) {
    warn(ctx, id, error);
    return null;
  }
}

function warn({ log }: Uses<"log">, id: InstanceId, error: unknown): void {
  log.warn(`the configuration of ${id} could not be added to its history: ${messageOf(error)}`);
}

/** The instance has come up with this version, or its gateway has taken it. */
export async function markHealthy(
  ctx: Uses<"store" | "host" | "live">,
  id: InstanceId,
  version: number,
): Promise<void> {
  const uid = uidOf(ctx, id);
  if (uid !== null) await ctx.store.markConfigHealthy(uid, version, timestamp(ctx.host));
}

/** The text with which the instance was healthy last, whosever it was; null when there is none. */
export async function lastHealthyText(
  ctx: Uses<"store" | "live">,
  id: InstanceId,
): Promise<string | null> {
  const uid = uidOf(ctx, id);
  const version = uid === null ? null : await ctx.store.lastHealthyConfigVersion(uid, null);
  return version && ctx.store.configTextOf(version.uid, version.version);
}

/** Whose change it is that the panel did not make. */
const foundBy = ({ runtime }: Uses<"live">, id: InstanceId): ConfigAuthor =>
  runtime.live.configAuthors.get(id) ?? FOUND;

/** Null: there is no such instance any more, and so no history. */
const uidOf = ({ runtime }: Uses<"live">, id: InstanceId): string | null =>
  runtime.live.board.identityOf(id)?.uid ?? null;

async function look(
  ctx: Parts,
  id: InstanceId,
  uid: string,
  author: ConfigAuthor,
): Promise<ConfigVersionRecord | null> {
  const text = await textOf(ctx, id);
  const revision = text === null ? null : revisionOf(text);
  const newest = await newestWritten(ctx, uid, revision);
  if (text === null) return null;
  if (newest?.revision === revision) return newest;
  const found = { author: newest ? author : firstBy(author), replaced: null, isPending: false };
  return insert(ctx, uid, text, found);
}

/**
 * Settles a version that the panel was about to write when it ended, or could not write. Only where
 * the file still is what that was to replace, it was not written: OpenClaw may have rewritten the
 * file since.
 */
async function newestWritten(
  ctx: Uses<"store">,
  uid: string,
  present: string | null,
): Promise<ConfigVersionRecord | null> {
  const newest = await ctx.store.newestConfigVersion(uid);
  if (!newest?.isPending) return newest;
  const { version, replaced } = newest;
  const former = replaced === null ? null : await ctx.store.findConfigVersion(uid, replaced);
  const isAsBefore = replaced === null ? present === null : former?.revision === present;
  if (newest.revision !== present && isAsBefore) {
    await ctx.store.dropConfigVersion(uid, version);
    return ctx.store.newestConfigVersion(uid);
  }
  await ctx.store.confirmConfigVersion(uid, version);
  return { ...newest, isPending: false };
}

const firstBy = (author: ConfigAuthor) => (author === FOUND ? FIRST : author);

/** A file that is no text belongs to no history. */
async function textOf(ctx: Uses<"storage">, id: InstanceId): Promise<string | null> {
  try {
    return await ctx.disk.storage.readConfig(id);
  } catch (error) {
    if (hasReason(error, "CONFIG_INVALID")) return null;
    throw error;
  }
}

function insert(
  ctx: Uses<"store" | "host">,
  uid: string,
  text: string,
  { author, ...rest }: { author: ConfigAuthor; replaced: number | null; isPending: boolean },
): Promise<ConfigVersionRecord> {
  const { source, by, rollout = null } = author;
  const draft = { ...rest, uid, at: timestamp(ctx.host), by: by.user, source, rollout };
  return ctx.store.insertConfigVersion({ ...draft, revision: revisionOf(text) }, text);
}
