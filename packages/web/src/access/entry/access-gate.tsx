import { useLocation } from "@solidjs/router";
import { createMemo, type JSX, Match, Show, Switch } from "solid-js";
import { ApiProvider } from "../../api/api-context.tsx";
import { paths } from "../../routes.ts";
import { useSession } from "../../session/session-context.tsx";
import { part } from "../../ui/part.tsx";

const LoginPage = part(() => import("./login-page.tsx"), "LoginPage");
const SetupPage = part(() => import("./setup-page.tsx"), "SetupPage");
const RedeemPage = part(() => import("./redeem-page.tsx"), "RedeemPage");
const UnreachablePage = part(() => import("./unreachable-page.tsx"), "UnreachablePage");

/** Loads the way in for who is not signed in, so that it is there when the first thing is shown. */
export async function loadEntry(phase: ReturnType<ReturnType<typeof useSession>["phase"]>) {
  if (phase === "setup") await SetupPage.preload();
  if (phase === "signedOut") await LoginPage.preload();
}

/** What is there for who is signed in, made anew for each session; the others see the way in. */
export function AccessGate(props: { children: () => JSX.Element }) {
  const session = useSession();
  const location = useLocation();
  /** A link may be opened where somebody else is signed in. */
  const redeems = () => location.pathname === paths.redeem && session.phase() !== "setup";
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
