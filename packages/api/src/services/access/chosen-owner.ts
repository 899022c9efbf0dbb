import { roleOf, type Viewer } from "@claw/core/access/viewer";
import type { AppContext } from "../../context.ts";
import { forbidden } from "./authorize.ts";
import { findUser } from "./find-user.ts";

/** Whether somebody may say whose an instance is. */
export function mayAssign(viewer: Viewer): boolean {
  return roleOf(viewer) === "administrator";
}

/** Throws FORBIDDEN when somebody chooses owners who may not. */
export function requireMayAssign(
  viewer: Viewer,
  wishes: readonly { owner?: string | null | undefined }[],
): void {
  if (!mayAssign(viewer) && wishes.some(({ owner }) => owner !== undefined)) throw forbidden();
}

/** Id of the user whose a new instance will be. Throws FORBIDDEN, USER_NOT_FOUND. */
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
