import type { Account } from "@claw/core/access/user";
import { createContext, onCleanup, type ParentProps, useContext } from "solid-js";
import type { Session } from "./create-session.ts";

const SessionContext = createContext<Session>();

export function SessionProvider(props: ParentProps<{ session: Session }>) {
  onCleanup(props.session.watch());
  return <SessionContext.Provider value={props.session}>{props.children}</SessionContext.Provider>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession needs a <SessionProvider> above it.");
  return session;
}

/** Who is signed in; a part that asks is gone a moment after nobody is. */
export function useMe(): () => Account {
  const session = useSession();
  return () => session.me() ?? NOBODY;
}

const NOBODY: Account = { username: "", displayName: "", role: "member" };
