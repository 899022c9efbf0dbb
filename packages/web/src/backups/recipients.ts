import { Encryption } from "@claw/core/backup/backup";

/** age's public keys out of what was typed, one a line or between commas. */
export function parseRecipients(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))];
}

/** Whether all of them can be keys, and there is at least one. */
export function areRecipients(recipients: readonly string[]): boolean {
  return Encryption.safeParse({ kind: "recipients", recipients }).success;
}
