import { useParams, useSearchParams } from "@solidjs/router";
import { createSignal, onMount, Show } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import { createCall } from "../../api/create-call.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { t } from "../../i18n/i18n.ts";
import { paths } from "../../routes.ts";
import { buttonClass } from "../../ui/button.tsx";
import { EntryPage } from "./entry-page.tsx";

/**
 * Signs its reader on at an instance: gets a ticket and submits it there as a form. Only the
 * document of this address may submit a form, so a page that came here otherwise loads it first.
 */
export function OpenPage() {
  const api = useApi();
  const params = useParams<{ id: string; label: string }>();
  const [query] = useSearchParams<{ access?: string }>();
  const [entry, setEntry] = createSignal<{ action: string; ticket: string }>();
  /** The place that a bookmark of the instance asked for. */
  const to = new URLSearchParams(window.location.hash.slice(1)).get("to") ?? "";
  let form: HTMLFormElement | undefined;
  const call = createCall(async (_: undefined) => {
    const { id, label } = params;
    const access = query.access === "full" || query.access === "read" ? query.access : undefined;
    setEntry(await api.trpc.instances.enter.mutate({ id, label, ...(access && { access }) }));
    form?.submit();
  });
  onMount(() => {
    if (isOwnDocument()) void call.run(undefined);
    else window.location.reload();
  });
  return (
    <EntryPage title={t("opening.title")} text={call.error() ? undefined : t("opening.text")}>
      <Show when={call.error()}>
        {(error) => (
          <>
            <FailureNotice
              error={error()}
              retrying={call.busy()}
              onRetry={() => call.run(undefined)}
            />
            <a class={buttonClass("plain")} href={paths.dashboard}>
              {t("opening.panel")}
            </a>
          </>
        )}
      </Show>
      <form ref={form} method="post" action={entry()?.action}>
        <input type="hidden" name="ticket" value={entry()?.ticket ?? ""} />
        <input type="hidden" name="to" value={to} />
      </form>
    </EntryPage>
  );
}

/** False for a page that was loaded under another address, whose policy forbids the form. */
function isOwnDocument(): boolean {
  const [loaded] = performance.getEntriesByType("navigation");
  return !loaded || new URL(loaded.name).pathname === window.location.pathname;
}
