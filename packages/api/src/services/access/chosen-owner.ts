import { roleOf, type Viewer } from "@claw/core/access/viewer";
import type { AppContext } from "../../context.ts";
import { forbidden } from "./authorize.ts";
import { findUser } from "./find-user.ts";

/** Id of the user whose a new instance will be. Throws FORBIDDEN, USER_NOT_FOUND. */
export async function chosenOwner(
  ctx: AppContext,
  viewer: Viewer,
  { owner }: { owner?: string | undefined },
): Promise<string | null> {
  if (owner === undefined) return null;
  if (roleOf(viewer) !== "administrator") throw forbidden();
  return (await findUser(ctx, owner)).id;
}
