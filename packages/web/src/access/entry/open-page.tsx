import { useNavigate, useParams, useSearchParams } from "@solidjs/router";
import { createSignal, Match, onMount, Show, Switch } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import { failureOf } from "../../api/api-error.ts";
import { createCall } from "../../api/create-call.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { t } from "../../i18n/i18n.ts";
import { paths } from "../../routes.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { EntryPage } from "./entry-page.tsx";

type Access = "read" | "full";

/**
 * Signs its reader on at an instance: gets a ticket and submits it there as a form. Only the
 * document of this address may submit a form, so a page that came here otherwise loads it first.
 */
export function OpenPage() {
  const api = useApi();
  const navigate = useNavigate();
  const params = useParams<{ id: string; label: string }>();
  const [query] = useSearchParams<{ access?: string }>();
  const [entry, setEntry] = createSignal<{ action: string; ticket: string }>();
  /** Any page can lead here, also the instance's own: only its reader gives full access. */
  const [asks, setAsks] = createSignal(query.access === "full");
  /** The place that a bookmark of the instance asked for. */
  const to = new URLSearchParams(window.location.hash.slice(1)).get("to") ?? "";
  let form: HTMLFormElement | undefined;
  const call = createCall(async (access: Access | undefined) => {
    const { id, label } = params;
    setEntry(await api.trpc.instances.enter.mutate({ id, label, ...(access && { access }) }));
    form?.submit();
  });
  const start = createCall(async () => {
    const { updatedAt } = await api.trpc.instances.start.mutate({ id: params.id });
    navigate(paths.starting(params.id, updatedAt));
  });
  let chosen: Access | undefined = query.access === "read" ? "read" : undefined;
  const open = () => call.run(chosen);
  const choose = (access: Access) => {
    chosen = access;
    setAsks(false);
    void open();
  };
  onMount(() => {
    if (!isOwnDocument()) window.location.reload();
    else if (!asks()) void open();
  });
  return (
    <EntryPage title={titleOf()} text={textOf()}>
      <Switch>
        <Match when={asks()}>
          <Button variant="primary" onClick={() => choose("full")}>
            {t("opening.full.submit")}
          </Button>
          <Button onClick={() => choose("read")}>{t("opening.read")}</Button>
        </Match>
        <Match when={start.error() ?? call.error()}>
          {(error) => (
            <>
              <FailureNotice error={error()} retrying={call.busy()} onRetry={open} />
              <Show when={failureOf(error()) === "INSTANCE_NOT_RUNNING"}>
                <Button
                  variant="primary"
                  icon="play"
                  busy={start.busy()}
                  onClick={() => void start.run(undefined)}
                >
                  {t("opening.start")}
                </Button>
              </Show>
              <a class={buttonClass("plain")} href={paths.dashboard}>
                {t("opening.panel")}
              </a>
            </>
          )}
        </Match>
      </Switch>
      <form ref={form} method="post" action={entry()?.action}>
        <input type="hidden" name="ticket" value={entry()?.ticket ?? ""} />
        <input type="hidden" name="to" value={to} />
      </form>
    </EntryPage>
  );

  function titleOf(): string {
    if (asks()) return t("opening.full.title");
    return t(call.error() ? "opening.failed" : "opening.title");
  }

  function textOf(): string | undefined {
    if (asks()) return t("opening.full.text");
    return call.error() ? undefined : t("opening.text");
  }
}

/** False for a page that was loaded under another address, whose policy forbids the form. */
function isOwnDocument(): boolean {
  const [loaded] = performance.getEntriesByType("navigation");
  return !loaded || new URL(loaded.name).pathname === window.location.pathname;
}
