import { Encryption } from "@claw/core/backup/backup";

/** The age public keys in a text, one per line or separated by commas. */
export function parseRecipients(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))];
}

/** Whether there is at least one, and all are plausible keys. */
export function areRecipients(recipients: readonly string[]): boolean {
  return Encryption.safeParse({ kind: "recipients", recipients }).success;
}
