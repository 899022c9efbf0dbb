import type { Session } from "@claw/core/access/credentials";
import { createSignal, Index, Show } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import { createQuery } from "../../api/create-query.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { showFailure } from "../../api/show-failure.tsx";
import { formatExact } from "../../i18n/format.ts";
import { t } from "../../i18n/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { focusIfLost } from "../../ui/focus-if-lost.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { showToast } from "../../ui/toast.tsx";
import { When } from "../../ui/when.tsx";
import { agentWords } from "./agent-words.ts";

/** The user's sessions, each with a button that ends it. */
export function SessionsCard() {
  const { auth } = useApi().trpc;
  const query = createQuery((signal) => auth.sessions.query(undefined, { signal }));
  const [ending, setEnding] = createSignal<string>();
  let rows: HTMLUListElement | undefined;
  const revoke = async (session: Session): Promise<void> => {
    setEnding(session.id);
    try {
      await auth.revokeSession.mutate({ id: session.id });
      showToast({ kind: "success", title: t("sessions.revoked") });
    } catch (error) {
      showFailure(t("failed.revoke"), error, () => revoke(session));
    }
    setEnding(undefined);
    await query.refetch();
    focusIfLost(rows);
  };
  return (
    <Card title={t("sessions.title")}>
      <Show when={query.error()}>
        {(error) => (
          <FailureNotice error={error()} retrying={query.fetching()} onRetry={query.refetch} />
        )}
      </Show>
      <Show
        when={query.data()}
        fallback={
          <Show when={!query.error()}>
            <Skeleton class="h-12 w-full" />
          </Show>
        }
      >
        {(sessions) => (
          <ul ref={rows} tabindex={-1} class="-my-2 flex flex-col divide-y outline-none">
            {/* Indexed by position: a focused row keeps the focus when the list is reloaded. */}
            <Index each={sessions()}>
              {(session) => (
                <SessionRow
                  session={session()}
                  busy={ending() === session().id}
                  onRevoke={() => void revoke(session())}
                />
              )}
            </Index>
          </ul>
        )}
      </Show>
    </Card>
  );
}

function SessionRow(props: { session: Session; busy: boolean; onRevoke: () => void }) {
  const name = () => agentWords(props.session.userAgent);
  return (
    <li class="flex items-center gap-3 py-2.5">
      <div class="min-w-0 flex-1">
        <p class="flex flex-wrap items-center gap-x-2 font-medium">
          <span data-tip={props.session.userAgent}>{name()}</span>
          <Show when={props.session.current}>
            <span class="rounded-full bg-running-tint px-2 text-xs leading-5 text-running">
              {t("sessions.here")}
            </span>
          </Show>
        </p>
        <p class="text-sm text-text-2">
          {t("sessions.line", { address: props.session.address })}{" "}
          <When iso={props.session.lastSeenAt} />
        </p>
        <p class="text-xs text-text-3">
          {t("sessions.until", { time: formatExact(props.session.expiresAt) })}
        </p>
      </div>
      <Show when={!props.session.current}>
        <Button
          small
          busy={props.busy}
          aria-label={t("sessions.revokeNamed", { name: name() })}
          onClick={props.onRevoke}
        >
          {t("sessions.revoke")}
        </Button>
      </Show>
    </li>
  );
}
