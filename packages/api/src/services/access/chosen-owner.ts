import { roleOf, type Viewer } from "@claw/core/access/viewer";
import type { AppContext } from "../../context.ts";
import { forbidden } from "./authorize.ts";
import { findUser } from "./find-user.ts";

/** Throws FORBIDDEN when somebody chooses owners who may not. */
export function requireMayAssign(
  viewer: Viewer,
  wishes: readonly { owner?: string | null | undefined }[],
): void {
  if (roleOf(viewer) === "administrator") return;
  if (wishes.some(({ owner }) => owner !== undefined)) throw forbidden();
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
