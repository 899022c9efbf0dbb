import type { RestoreRequest } from "@claw/core/backup/backup";
import type { InstanceRecord } from "@claw/core/backup/instance-record";
import { isSameInstance } from "@claw/core/backup/restore-plan";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../../context.ts";
import { findUser } from "../../access/find-user.ts";
import { previousOwner } from "../../instance/previous-owner.ts";

/** Owner of a restored instance, and a sentence about it for the job's log. */
export interface RestoredOwner {
  /** User id. */
  owner: string | null;
  told: string;
}

interface Restored {
  id: InstanceId;
  record: InstanceRecord;
  /** Chosen by the viewer who restores. */
  chosen: string | null | undefined;
  /** False if anybody could have written the record and the viewer may not choose owners. */
  isBelieved: boolean;
}

/** Throws USER_NOT_FOUND if a chosen owner does not exist. */
export async function requireChosenOwners(
  ctx: AppContext,
  { copies = [] }: Pick<RestoreRequest, "copies">,
): Promise<void> {
  for (const { owner } of copies) if (owner) await findUser(ctx, owner);
}

/**
 * Owner of a restored instance: the chosen one; otherwise the owner recorded in the backup, if a
 * user of that name exists; if the backup names none or is not trusted, the current or last owner
 * of the instance in it. A copy gets the owner of its original.
 */
export async function restoredOwner(ctx: AppContext, restored: Restored): Promise<RestoredOwner> {
  const { id, record, chosen, isBelieved } = restored;
  const byBackup = isBelieved ? record.owner : undefined;
  const name = chosen === undefined ? byBackup : chosen;
  if (name === undefined) return told(ctx, id, await ownerByRecords(ctx, record));
  if (name === null) return told(ctx, id, null);
  const user = await ctx.store.findUser(name);
  if (user) return told(ctx, id, user.id);
  const why = `it was ${name}'s, and there is no such user`;
  return { owner: null, told: `${id} belongs to nobody: ${why}. An administrator can assign it.` };
}

export function otherInstance(id: InstanceId): DomainError {
  return new DomainError(
    "FORBIDDEN",
    `${id} is a different instance now, and its owner may not see the data of the former ${id}. Restore it as a copy, or ask an administrator.`,
  );
}

/** Ignores a different instance that now has the id. */
async function ownerByRecords(ctx: AppContext, record: InstanceRecord): Promise<string | null> {
  const spec = await ctx.store.findInstance(record.id);
  return spec && isSameInstance(record, spec)
    ? spec.owner
    : previousOwner(ctx, record.id, record.uid ?? null);
}

function told(ctx: AppContext, id: InstanceId, owner: string | null): RestoredOwner {
  return { owner, told: `${id} belongs to ${ctx.access.people.nameOf(owner) ?? "nobody"}.` };
}
