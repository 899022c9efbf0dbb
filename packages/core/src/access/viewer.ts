import type { Subject } from "../subject.ts";
import { covers, type Scope } from "./credentials.ts";
import { isAtLeast, type Role } from "./role.ts";
import type { Account } from "./user.ts";

/** Who asks: a person, in a session of theirs or through an API token of theirs. */
export interface Viewer {
  kind: "session" | "token";
  /** Id of the session or token. */
  id: string;
  user: Account & { id: string; createdAt: string };
  /** What is allowed at most; a session's is `admin`. */
  scope: Scope;
  /** Uids of the instances to which a token is confined; null: not confined. */
  instanceUids: readonly string[] | null;
}

/** What a call needs. */
export interface Access {
  /** The least role; `public` is for who has not logged in, `anyone` also before the set-up. */
  who: Role | "public" | "anyone";
  /** What an API token's scope must cover; `account` is what no token may do. */
  does: Scope | "account";
  /** What the input names, and by which field: it must belong to who asks. */
  on?: AccessObject;
}

export type AccessObject =
  | "instance"
  | "instances"
  | "instanceIds"
  | "job"
  | "backup"
  | "snapshot"
  | "user"
  | "token"
  | "session";

/** The role that counts: who is confined to some instances is no more than a member. */
export function roleOf(viewer: Viewer): Role {
  return viewer.instanceUids === null ? viewer.user.role : "member";
}

/** Whether role and scope allow it; whose the objects are is another question. */
export function isAllowed(viewer: Viewer, access: Access): boolean {
  const { who } = access;
  if (who !== "public" && who !== "anyone" && !isAtLeast(roleOf(viewer), who)) return false;
  if (viewer.kind === "session") return true;
  return access.does !== "account" && covers(viewer.scope, access.does);
}

/** Whether an instance may be known to a viewer. `owner` is the id of the user who has it. */
export function maySee(viewer: Viewer, instance: { uid: string; owner: string | null }): boolean {
  if (viewer.instanceUids !== null && !viewer.instanceUids.includes(instance.uid)) return false;
  return viewer.user.role !== "member" || instance.owner === viewer.user.id;
}

/**
 * Whether what was made of an instance or done with it, `at` some time, may be known to a viewer:
 * it is whose the instance was then. An account that is younger is another person's.
 */
export function maySeePast(viewer: Viewer, subject: Subject, at: string): boolean {
  const { instanceUids, user } = viewer;
  if (instanceUids !== null && (subject.uid === null || !instanceUids.includes(subject.uid)))
    return false;
  if (user.role !== "member") return true;
  return subject.owner === user.username && Date.parse(at) >= Date.parse(user.createdAt);
}
