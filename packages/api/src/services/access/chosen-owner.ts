import { roleOf, type Viewer } from "@claw/core/access/viewer";
import type { AppContext } from "../../context.ts";
import { forbidden } from "./authorize.ts";
import { findUser } from "./find-user.ts";

/** Whether the viewer may choose the owner of an instance. */
export function mayAssign(viewer: Viewer): boolean {
  return roleOf(viewer) === "administrator";
}

/** Throws FORBIDDEN if a viewer who may not assign owners chooses one. */
export function requireMayAssign(
  viewer: Viewer,
  wishes: readonly { owner?: string | null | undefined }[],
): void {
  if (!mayAssign(viewer) && wishes.some(({ owner }) => owner !== undefined)) throw forbidden();
}

/** Owner's user id for a new instance. Throws FORBIDDEN, USER_NOT_FOUND. */
export async function chosenOwner(
  ctx: AppContext,
  viewer: Viewer,
  wish: { owner?: string | undefined },
): Promise<string | null> {
  requireMayAssign(viewer, [wish]);
  const { owner } = wish;
  if (owner === undefined) return null;
  return (await findUser(ctx, owner)).id;
}
