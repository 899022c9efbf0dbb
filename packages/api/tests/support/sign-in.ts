import type { Role } from "@claw/core/access/role";
import type { Viewer } from "@claw/core/access/viewer";
import type { Host } from "../../src/host/host.ts";
import { beginSession } from "../../src/services/access/begin-session.ts";
import type { UserRecord } from "../../src/store/access-records.ts";
import type { Store } from "../../src/store/store.ts";

/** The password of users from `haveUser`, and its precomputed hash. */
export const TEST_PASSWORD = "a test of four words";
const TEST_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$Q47Y1P6pJGb4dcyQk14/7g$5363t1wLA4sUdBEXcOTgXiXFZxotrVCBeBSzMCm7G7I";

/** A user without a password: tests create sessions directly, as hashing takes time. */
export function userOf(patch: Partial<UserRecord> = {}): UserRecord {
  return {
    id: "u0",
    username: "admin",
    displayName: "Admin",
    role: "administrator",
    disabled: false,
    passwordHash: null,
    totpSecret: null,
    totpStep: 0,
    recoveryHashes: [],
    lastLoginAt: null,
    createdAt: "2026-01-01T00:00:00.000Z",
    ...patch,
  };
}

/** A user of this name, created when missing. */
export async function haveUser(store: Store, username: string, role: Role): Promise<UserRecord> {
  const found = await store.findUser(username);
  if (found) return found;
  const named = { id: `u-${username}`, username, displayName: username, role };
  const user = userOf({ ...named, passwordHash: TEST_HASH });
  await store.insertUser(user);
  return user;
}

/** A new session: its token and its viewer. */
export async function signIn(
  ctx: { store: Store; host: Host },
  user: UserRecord,
): Promise<{ token: string; viewer: Viewer }> {
  const from = { address: "127.0.0.1", userAgent: "test" };
  const { token, sessionId } = await beginSession(ctx, user, from);
  return { token, viewer: viewerOf(user, { id: sessionId }) };
}

export function viewerOf(user: UserRecord, patch: Partial<Viewer> = {}): Viewer {
  return { kind: "session", id: "s0", user, scope: "admin", instanceUids: null, ...patch };
}
