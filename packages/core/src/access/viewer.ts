import type { Subject } from "../subject.ts";
import { covers, type Scope } from "./credentials.ts";
import { isAtLeast, type Role } from "./role.ts";
import type { Account } from "./user.ts";

/** The caller: a user, through a session or an API token. */
export interface Viewer {
  kind: "session" | "token";
  /** Id of the session or token. */
  id: string;
  user: Account & { id: string; createdAt: string };
  /** The widest scope allowed; `admin` for a session. */
  scope: Scope;
  /** Uids of the instances to which a token is confined; null: not confined. */
  instanceUids: readonly string[] | null;
}

/** Requirements of a call. */
export interface Access {
  /** The lowest role; `public` needs no log-in, `anyone` not even a set-up panel. */
  who: Role | "public" | "anyone";
  /** The scope that an API token must cover; no token covers `account`. */
  does: Scope | "account";
  /** The objects that the input names, by their field; the caller must have access to them. */
  on?: AccessObject;
}

export type AccessObject =
  | "instance"
  /** A device of an instance, or its request to become one. */
  | "device"
  | "instances"
  | "instanceIds"
  /** Several instances, each checked again by itself later: at least one must be visible. */
  | "someInstances"
  | "job"
  | "backup"
  | "snapshot"
  | "template"
  | "user"
  /** A user, along with an instance that is created for them. */
  | "invitation"
  | "token"
  | "session";

/** The effective role: a token confined to some instances is at most a member. */
export function roleOf(viewer: Viewer): Role {
  return viewer.instanceUids === null ? viewer.user.role : "member";
}

/** Whether role and scope allow the call; ownership is checked elsewhere. */
export function isAllowed(viewer: Viewer, access: Access): boolean {
  const { who } = access;
  if (who !== "public" && who !== "anyone" && !isAtLeast(roleOf(viewer), who)) return false;
  if (viewer.kind === "session") return true;
  return access.does !== "account" && covers(viewer.scope, access.does);
}

/** Whether a viewer may know of an instance. `owner` is a user id. */
export function maySee(viewer: Viewer, instance: { uid: string; owner: string | null }): boolean {
  if (viewer.instanceUids !== null && !viewer.instanceUids.includes(instance.uid)) return false;
  return viewer.user.role !== "member" || instance.owner === viewer.user.id;
}

/**
 * Whether a viewer may know of what was made of an instance, or done with it, at the time `at`. It
 * belongs to the owner of that time; a younger account of the same name is another user's.
 */
export function maySeePast(viewer: Viewer, subject: Subject, at: string): boolean {
  const { instanceUids, user } = viewer;
  if (instanceUids !== null && (subject.uid === null || !instanceUids.includes(subject.uid)))
    return false;
  if (user.role !== "member") return true;
  return subject.owner === user.username && Date.parse(at) >= Date.parse(user.createdAt);
}
