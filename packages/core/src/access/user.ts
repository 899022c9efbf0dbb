import { z } from "zod";
import { InstanceName } from "../instance.ts";
import { Role } from "./role.ts";

/** What backups say of who made them, beside names of people. */
const RESERVED: ReadonlySet<string> = new Set(["panel", "schedule", "upload"]);

/** Under this a person logs in; it never changes. Case and surrounding space do not matter. */
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

/** Anything that could be a password: what makes a good one is said by `passwordFault`. */
export const PasswordText = z.string().max(1_024);

/** A person as others who may know of them see them. */
export interface Account {
  username: Username;
  displayName: string;
  role: Role;
}

/** A person as administrators see them. */
export interface User extends Account {
  disabled: boolean;
  /** False until a one-time link was used, for one who was made without a password. */
  hasPassword: boolean;
  hasTotp: boolean;
  /** Ids of the instances that they own, in order. */
  instanceIds: string[];
  /** ISO-8601 UTC; null when they never did. */
  lastLoginAt: string | null;
  createdAt: string;
}

export const NewUser = z.object({
  username: Username,
  displayName: InstanceName,
  role: Role,
  /** Without it, the person chooses one through a one-time link. */
  password: PasswordText.exactOptional(),
});
export type NewUser = z.infer<typeof NewUser>;

export const UserPatch = z.object({
  displayName: InstanceName.exactOptional(),
  role: Role.exactOptional(),
  disabled: z.boolean().exactOptional(),
  /** Takes the second factor away from one who has lost it. */
  totp: z.literal(false).exactOptional(),
});
export type UserPatch = z.infer<typeof UserPatch>;
