import type { Invitation } from "@claw/core/access/user";
import type { Invited } from "../../api/client.ts";
import { csvOf } from "../../ui/csv.ts";

interface Entry {
  invitation: Invitation;
  link: Invited;
}

const COLUMNS = ["name", "username", "id", "link", "expires"] as const;

/** The invitations as CSV, for a mail merge for example. */
export function invitationsCsv(entries: readonly Entry[]): string {
  const rows = entries.map(({ invitation, link }) => [
    invitation.displayName,
    invitation.username,
    invitation.instance?.id ?? "",
    link.url,
    link.expiresAt,
  ]);
  return csvOf([COLUMNS, ...rows]);
}

/** For a message or a spreadsheet: a line each, with name and link. */
export function invitationsText(entries: readonly Entry[]): string {
  return entries.map(({ invitation, link }) => `${invitation.displayName}\t${link.url}`).join("\n");
}
