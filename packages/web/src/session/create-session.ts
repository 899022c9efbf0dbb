import type { Account } from "@claw/core/access/user";
import { batch, createSignal } from "solid-js";
import { failureOf } from "../api/api-error.ts";
import type { Api, ApiSession, SignedIn } from "../api/client.ts";
import { drafts } from "./draft.ts";
import type { KeptToken } from "./kept-token.ts";
import { knownBrowser } from "./known-browser.ts";

export type Connect = (session: ApiSession) => Api;

/** `asking`: the page has just loaded; `setup`: there is no account yet. */
export type Phase = "asking" | "unreachable" | "setup" | "signedOut" | "signedIn";

/**
 * The current session. Each has a connection of its own, so that nothing carries over to the next;
 * it ends when its user signs out, here or in another window, or when the panel ends it.
 */
export function createSession(connect: Connect, kept: KeptToken) {
  const [phase, setPhase] = createSignal<Phase>("asking");
  const [me, setMe] = createSignal<Account>();
  const [api, setApi] = createSignal<Api>();
  /** The panel ended the last session, not its user. */
  const [ended, setEnded] = createSignal(false);
  const anonymous = connect({ token: () => null, onEnd: () => {} });

  const leaveTo = (next: Phase, byPanel: boolean) => {
    const old = api();
    batch(() => {
      setPhase(next);
      setEnded(byPanel);
      setApi(undefined);
      setMe(undefined);
    });
    old?.close();
  };
  const connectWith = (token: string): Api => {
    const made: Api = connect({
      token: () => token,
      onEnd: () => {
        if (made !== api()) return;
        kept.remove();
        leaveTo("signedOut", true);
      },
    });
    return made;
  };
  const adopt = (next: Api, user: Account) => {
    const old = api();
    drafts.keepFor(user.username);
    batch(() => {
      setMe(user);
      setApi(next);
      setEnded(false);
      setPhase("signedIn");
    });
    if (old !== next) old?.close();
  };

  /** Asks the panel for the owner of the saved token. */
  const ask = async (): Promise<void> => {
    const token = kept.read();
    const mine = token === null ? undefined : connectWith(token);
    try {
      const { initialized, user } = await (mine ?? anonymous).trpc.auth.state.query();
      if (mine && user) return adopt(mine, user);
      mine?.close();
      if (mine) kept.remove();
      leaveTo(initialized ? "signedOut" : "setup", mine !== undefined);
    } catch (error) {
      mine?.close();
      if (failureOf(error) !== "UNAUTHENTICATED") return leaveTo("unreachable", false);
      kept.remove();
      leaveTo("signedOut", true);
    }
  };
  const enter = ({ token, user, browser }: SignedIn) => {
    kept.write(token);
    if (browser) knownBrowser.write(browser);
    adopt(connectWith(token), user);
  };

  return {
    phase,
    me,
    api,
    ended,
    /** For calls without a session. */
    anonymous: anonymous.trpc.auth,
    ask,
    enter,
    /** Updates the user from the panel's answer. */
    update: (patch: Partial<Account>) => setMe((known) => known && { ...known, ...patch }),
    leave: async (): Promise<void> => {
      const current = api();
      kept.remove();
      // The session is ended on its own connection, before that is closed.
      const told = current?.trpc.auth.logout.mutate();
      leaveTo("signedOut", false);
      // Only now: a closing editor saves a draft.
      drafts.removeAll();
      // If the call fails, the session expires on its own; this browser has forgotten it.
      await told?.catch(() => {});
    },
    watch: () =>
      kept.watch(() => {
        if (kept.read() === null && phase() === "signedIn") leaveTo("signedOut", false);
        else void ask();
      }),
  };
}

export type Session = ReturnType<typeof createSession>;
