import { useLocation } from "@solidjs/router";
import { createMemo, type JSX, Match, Show, Switch } from "solid-js";
import { ApiProvider } from "../../api/api-context.tsx";
import { paths } from "../../routes.ts";
import { useSession } from "../../session/session-context.tsx";
import { lazyPart } from "../../ui/lazy-part.tsx";

const LoginPage = lazyPart(() => import("./login-page.tsx"), "LoginPage");
const SetupPage = lazyPart(() => import("./setup-page.tsx"), "SetupPage");
const RedeemPage = lazyPart(() => import("./redeem-page.tsx"), "RedeemPage");
const UnreachablePage = lazyPart(() => import("./unreachable-page.tsx"), "UnreachablePage");

/** Loads the sign-in or set-up page before the first paint when there is no session. */
export async function loadEntry(phase: ReturnType<ReturnType<typeof useSession>["phase"]>) {
  if (phase === "setup") await SetupPage.preload();
  if (phase === "signedOut") await LoginPage.preload();
}

/** Renders its children anew for each session; without a session, the sign-in or set-up page. */
export function AccessGate(props: { children: () => JSX.Element }) {
  const session = useSession();
  const location = useLocation();
  /** A link may be opened while another user is signed in. */
  const redeems = () =>
    (location.pathname === paths.redeem || location.pathname === paths.invite) &&
    session.phase() !== "setup";
  const inside = createMemo(() => (redeems() ? undefined : session.api()));
  return (
    <Show
      keyed
      when={inside()}
      fallback={
        <Switch>
          <Match when={redeems()}>
            <RedeemPage />
          </Match>
          <Match when={session.phase() === "setup"}>
            <SetupPage />
          </Match>
          <Match when={session.phase() === "signedOut"}>
            <LoginPage />
          </Match>
          <Match when={session.phase() === "unreachable"}>
            <UnreachablePage />
          </Match>
        </Switch>
      }
    >
      {(api) => <ApiProvider api={api}>{props.children()}</ApiProvider>}
    </Show>
  );
}
