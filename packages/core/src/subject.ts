import { z } from "zod";
import type { InstanceId } from "./instance.ts";

/**
 * An instance as it was at the time of an action; its id may be another instance's by now, and the
 * instance may have another owner.
 */
export const Subject = z.object({
  id: z.string(),
  /** Null: unknown, in records older than uids. */
  uid: z.string().nullable(),
  /** The owner's user name; null: none, or unknown. */
  owner: z.string().nullable(),
});
export type Subject = z.output<typeof Subject>;

/** Subjects of a record; parts of it may not know theirs. */
export function subjectsOf(
  parts: readonly { id: InstanceId; uid?: string | null; owner?: string | null }[],
): Subject[] {
  return parts.map(({ id, uid = null, owner = null }) => ({ id, uid, owner }));
}

/** Without duplicates. */
export function distinctSubjects(subjects: readonly Subject[]): Subject[] {
  return [...new Map(subjects.map((each) => [JSON.stringify(subjectsOf([each])), each])).values()];
}
