import { createClawClient } from "@claw/api";

/** The administrator of a panel under test, made at its first start. */
export const ADMIN = { username: "admin", password: "seven lobsters in a bathtub" };

export interface Person {
  username: string;
  password: string;
}

/** Begins a session; resolves with its token. */
export async function signIn(url: string, person: Person = ADMIN): Promise<string> {
  const { token } = await createClawClient({ url }).auth.login.mutate(person);
  return token;
}

/** Browser storage with a session at the panel of `address`. */
export async function signedInStorage(address: string, person: Person) {
  const { origin } = new URL(address);
  const token = await signIn(origin, person);
  return {
    cookies: [],
    origins: [{ origin, localStorage: [{ name: "claw.session", value: token }] }],
  };
}
