import type { InstanceId } from "./instance.ts";

/**
 * An instance as it was at the time of an action; its id may be another instance's by now, and the
 * instance may have another owner.
 */
export interface Subject {
  id: InstanceId;
  /** Null: unknown, in records older than uids. */
  uid: string | null;
  /** The owner's user name; null: none, or unknown. */
  owner: string | null;
}

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
