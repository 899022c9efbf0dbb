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

/** The signed-in user; parts that read it disappear just after the session ends. */
export function useMe(): () => Account {
  const session = useSession();
  return () => session.me() ?? NOBODY;
}

const NOBODY: Account = { username: "", displayName: "", role: "member" };
