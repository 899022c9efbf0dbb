import { memberPathFault, shownPath } from "@claw/core/backup/member-name";
import { DomainError } from "@claw/core/errors";
import { type Found, members, shownMember } from "./walk.ts";

/** Folders that OpenClaw can recreate. */
const LEFT_OUT: ReadonlySet<string> = new Set(["data/cache", "data/tmp"]);

/** The part of an instance's folder, or of its copy, that a backup takes, in archive order. */
export function* backedUp(instance: string): Generator<Found> {
  for (const found of members(instance, LEFT_OUT)) {
    const fault = memberPathFault(found.name);
    if (fault === null) yield found;
    else
      throw new DomainError(
        "FILES_DENIED",
        `A backup cannot hold ${shownPath(shownMember(instance, found.name))}: the name ${fault}. Rename or remove it and try again.`,
      );
  }
}
