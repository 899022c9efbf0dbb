import type { AppContext } from "../../context.ts";
import type { TryKey } from "./attempt-throttle.ts";

/** So often a name may be tried from an address from which too much has been tried already. */
const ATTEMPTS_OF_A_NAME = 3;

export interface LogInPlace {
  username: string;
  address: string;
  /** Null: not one by which the account is known. */
  browserId: string | null;
  /** The account has been logged into from this address before. */
  isHome: boolean;
}

/**
 * Who guesses is slowed down by account and by address. By a browser, or from an address, by which
 * the account has been logged into before, only what fails there counts: so nobody elsewhere can
 * lock its owner out.
 *
 * Many share an address, as behind a proxy. One of them who guesses uses up what the address may
 * try, but not the first tries of the others' names, existing or not, up to a limit for all names.
 */
export function logInKeys({ access }: Pick<AppContext, "access">, place: LogInPlace): TryKey[] {
  const { username, address, browserId, isHome } = place;
  if (browserId !== null) return [{ key: `browser ${browserId} ${username}`, free: 5 }];
  const own = { key: `pair ${pairOf(username, address)}`, free: 5 };
  if (isHome) return [own];
  const onlyCounts = access.attempts.failuresOf(own.key) < ATTEMPTS_OF_A_NAME;
  return [
    own,
    { key: `user ${username}`, free: 20 },
    { key: `address ${address}`, free: 30, onlyCounts },
    { key: `names from ${address}`, free: 300 },
  ];
}

export function pairOf(username: string, address: string): string {
  return `${username.slice(0, 64)} ${address}`;
}
