import { z } from "zod";
import { InstanceName, NewInstance } from "../instance.ts";
import { Role } from "./role.ts";

/** Names that records use for a creator that is no user. */
const RESERVED: ReadonlySet<string> = new Set(["panel", "schedule", "upload"]);

/** The log-in name; it never changes. Case and surrounding space do not matter. */
export const Username = z
  .string()
  .max(256)
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])?$/,
    "The user name must be 1 to 32 letters a-z, digits, dots, hyphens or underscores, and must start and end with a letter or digit.",
  )
  .refine((name) => !RESERVED.has(name), "This user name is the panel's own. Choose another one.");
export type Username = z.infer<typeof Username>;

/** Any possible password; `passwordFault` judges its strength. */
export const PasswordText = z.string().max(1_024);

/** A user as shown to others. */
export const Account = z.object({ username: z.string(), displayName: z.string(), role: Role });
export type Account = z.output<typeof Account>;

/** A user as shown to administrators. */
export const User = Account.extend({
  disabled: z.boolean(),
  /** False until a user created without a password has used the one-time link. */
  hasPassword: z.boolean(),
  hasTotp: z.boolean(),
  /** Ids of the user's instances, sorted. */
  instanceIds: z.array(z.string()),
  /** ISO-8601 UTC; null when never. */
  lastLoginAt: z.string().nullable(),
  createdAt: z.string(),
});
export type User = z.output<typeof User>;

export const UserRef = Account.pick({ username: true });

export const NewUser = z.object({
  username: Username,
  displayName: InstanceName,
  role: Role,
  /** Omitted: the user sets one through a one-time link. */
  password: PasswordText.exactOptional(),
});
export type NewUser = z.infer<typeof NewUser>;

/** A new member and, if given, their instance. */
export const Invitation = NewUser.pick({ username: true, displayName: true }).extend({
  instance: NewInstance.pick({ id: true, name: true }).exactOptional(),
});
export type Invitation = z.infer<typeof Invitation>;

export const UserPatch = z.object({
  displayName: InstanceName.exactOptional(),
  role: Role.exactOptional(),
  disabled: z.boolean().exactOptional(),
  /** Removes a second factor that its user has lost. */
  totp: z.literal(false).exactOptional(),
});
export type UserPatch = z.infer<typeof UserPatch>;
