import type { Uses } from "../../context.ts";
import type { TryKey } from "./attempt-throttle.ts";

/** Attempts per name from an address that has used up its own. */
const ATTEMPTS_OF_A_NAME = 3;

export interface LogInPlace {
  username: string;
  address: string;
  /** Null: no browser known for the account. */
  browserId: string | null;
  /** The account was logged into from this address before. */
  isHome: boolean;
}

/**
 * Throttles guessing by account and by address. For a browser or address that has logged into the
 * account before, only failures there count, so nobody elsewhere can lock the owner out.
 *
 * Users may share an address, as behind a proxy. One who guesses uses up the attempts of the
 * address, but not the first ones at other names, existing or not, up to a limit for all names.
 */
export function logInKeys({ access }: Uses<"access">, place: LogInPlace): TryKey[] {
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
