import type { ApiToken } from "@claw/core/access/credentials";
import { createSignal, Index, Show } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import { createQuery } from "../../api/create-query.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { showFailure } from "../../api/show-failure.tsx";
import { t } from "../../i18n/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { focusIfLost } from "../../ui/focus-if-lost.ts";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { showToast } from "../../ui/toast.tsx";
import { TokenRow } from "./token-row.tsx";

const TokenDialog = lazyPart(() => import("./token-dialog.tsx"), "TokenDialog");

/** Tokens with which other programs act as the signed-in user. */
export function TokensCard() {
  const { tokens } = useApi().trpc;
  const query = createQuery((signal) => tokens.list.query(undefined, { signal }));
  const [creating, setCreating] = createSignal(false);
  const [removing, setRemoving] = createSignal<string>();
  let createButton: HTMLButtonElement | undefined;
  const remove = async (token: ApiToken): Promise<void> => {
    const { id, name } = token;
    setRemoving(id);
    try {
      await tokens.remove.mutate({ id });
      showToast({ kind: "success", title: t("tokens.removed", { name }) });
    } catch (error) {
      showFailure(t("failed.removeToken", { name }), error, () => remove(token));
    }
    setRemoving(undefined);
    await query.refetch();
    focusIfLost(createButton);
  };
  return (
    <Card
      title={t("tokens.title")}
      action={
        <Button ref={createButton} small icon="plus" onClick={() => setCreating(true)}>
          {t("tokens.create")}
        </Button>
      }
    >
      <p class="text-sm text-text-2">{t("tokens.text")}</p>
      <Show when={query.error()}>
        {(error) => (
          <FailureNotice error={error()} retrying={query.fetching()} onRetry={query.refetch} />
        )}
      </Show>
      <Show when={query.data()?.length === 0}>
        <p class="mt-3 text-text-3">{t("tokens.none")}</p>
      </Show>
      <ul class="mt-1 -mb-2 flex flex-col divide-y">
        {/* Indexed by position: a focused row keeps the focus when the list is reloaded. */}
        <Index each={query.data()}>
          {(token) => (
            <TokenRow
              token={token()}
              busy={removing() === token().id}
              onRemove={() => void remove(token())}
            />
          )}
        </Index>
      </ul>
      <Show when={creating()}>
        <TokenDialog onMade={() => void query.refetch()} onClose={() => setCreating(false)} />
      </Show>
    </Card>
  );
}
