import { z } from "zod";
import { Account } from "./user.ts";

/** State that the page needs before anything else. */
export const AccessState = z.object({
  /** False until the first account exists. */
  initialized: z.boolean(),
  /** Null without a session. */
  user: Account.extend({ hasTotp: z.boolean(), recoveryCodesLeft: z.number() }).nullable(),
});
export type AccessState = z.output<typeof AccessState>;

/** Result of a log-in. The token is returned only once. */
export const LoggedIn = z.object({
  token: z.string(),
  /** ISO-8601 UTC; earlier if the session is idle for long. */
  expiresAt: z.string(),
  user: Account,
  /** Known-browser secret, for this browser's next log-in. */
  browser: z.string(),
});
export type LoggedIn = z.output<typeof LoggedIn>;

/** A second factor that is not active yet. */
export const NewFactor = z.object({ secret: z.string(), uri: z.string() });
export type NewFactor = z.output<typeof NewFactor>;

export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodes = z.output<typeof RecoveryCodes>;

/** The page of the panel where a user chooses a password; valid once, by its code. */
export const ResetLink = z.object({ code: z.string(), url: z.string(), expiresAt: z.string() });
export type ResetLink = z.output<typeof ResetLink>;

/** The page of the panel where an invited user chooses a password; valid once. */
export const InvitationLink = z.object({ url: z.string(), expiresAt: z.string() });
export type InvitationLink = z.output<typeof InvitationLink>;

/** The account that a one-time link is for. */
export const LinkHolder = Account.pick({ username: true, displayName: true }).extend({
  /** The account has no password yet. */
  invited: z.boolean(),
  expiresAt: z.string(),
});
export type LinkHolder = z.output<typeof LinkHolder>;
