import { type Access, isAllowed, roleOf, type Viewer } from "@claw/core/access/viewer";
import { DomainError } from "@claw/core/errors";
import { instanceNotFound } from "@claw/core/not-found";
import type { AppContext } from "../../context.ts";
import { named } from "./resource-references.ts";
import { isVisible, requireVisibleObject } from "./visible.ts";

/** Throws SETUP_REQUIRED while nobody has an account. */
export function requireSetUp(ctx: AppContext): void {
  if (ctx.access.people.isAnybody()) return;
  throw new DomainError(
    "SETUP_REQUIRED",
    "The panel is not set up yet. Open the link that it printed when it started.",
  );
}

/**
 * The only place that decides about permissions. Throws FORBIDDEN for what the role or token does
 * not allow, and for objects of others the same as if they did not exist.
 */
export async function authorize(
  ctx: AppContext,
  viewer: Viewer,
  access: Access,
  input: unknown,
): Promise<void> {
  if (!isAllowed(viewer, access)) throw forbidden();
  if (roleOf(viewer) !== "member") return;
  const { instanceIds, object, isWhole } = named(access.on, input);
  // The procedure must read the same ids that were checked here.
  if (!isWhole) throw new DomainError("INVALID_INPUT", "This is no id of an instance or object.");
  if (access.on === "instanceIds" && instanceIds.length === 0)
    throw new DomainError("FORBIDDEN", "Name the instances: only your own are yours to choose.");
  const hidden = instanceIds.filter((id) => !isVisible(ctx, viewer, id));
  const isRefused = access.on !== "someInstances" || hidden.length === instanceIds.length;
  if (hidden[0] !== undefined && isRefused) throw instanceNotFound(hidden[0]);
  if (object !== null) await requireVisibleObject(ctx, viewer, access.on, object);
}

export function unauthenticated(): DomainError {
  return new DomainError(
    "UNAUTHENTICATED",
    "Nobody is logged in, or the session has ended. Log in.",
  );
}

export function forbidden(): DomainError {
  return new DomainError(
    "FORBIDDEN",
    "Your role, or that of the API token, does not allow this. Ask an administrator.",
  );
}
