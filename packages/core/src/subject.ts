import type { InstanceId } from "./instance.ts";

/**
 * An instance as it was when something was done with it: by now its id may be another instance's,
 * and the instance somebody else's.
 */
export interface Subject {
  id: InstanceId;
  /** Null: not known, of what is older than uids. */
  uid: string | null;
  /** Name of the user whose it was; null: nobody's, or not known. */
  owner: string | null;
}

/** Subjects of a record, of which a part may not know them. */
export function subjectsOf(
  parts: readonly { id: InstanceId; uid?: string | null; owner?: string | null }[],
): Subject[] {
  return parts.map(({ id, uid = null, owner = null }) => ({ id, uid, owner }));
}

/** Each once. */
export function distinctSubjects(subjects: readonly Subject[]): Subject[] {
  return [...new Map(subjects.map((each) => [JSON.stringify(subjectsOf([each])), each])).values()];
}
