import { useNavigate } from "@solidjs/router";
import { Match, Show, Switch } from "solid-js";
import { failureOf } from "../../api/api-error.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { t } from "../../i18n/i18n.ts";
import { paths } from "../../routes.ts";
import { Button } from "../../ui/button.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { NewPasswordFields } from "../new-password-fields.tsx";
import { RevokeOthers } from "../revoke-others.tsx";
import { createRedeeming } from "./create-redeeming.ts";
import { EntryNotice } from "./entry-notice.tsx";
import { EntryPage } from "./entry-page.tsx";
import { LinkHolderFacts } from "./link-holder-facts.tsx";

/** The page of a one-time link: sets a password for its account, which may be a new one. */
export function RedeemPage() {
  const navigate = useNavigate();
  const leave = () => navigate(paths.dashboard, { replace: true });
  const link = createRedeeming(leave);
  const title = () => {
    const holder = link.holder();
    return holder?.invited ? t("invite.title", { name: holder.displayName }) : t("redeem.title");
  };
  const text = () => {
    if (link.isDone() || !link.holder()) return undefined;
    return t(link.holder()?.invited ? "invite.text" : "redeem.text");
  };
  const goOn = () => (
    <Button variant="primary" class="h-9! w-full" onClick={leave}>
      {t("redeem.goOn")}
    </Button>
  );
  return (
    <EntryPage title={title()} text={text()}>
      <Switch fallback={<Skeleton class="h-40 w-full rounded-md" />}>
        <Match when={link.isDone() && !link.save.busy()}>
          <EntryNotice
            title={t("redeem.done")}
            text={t("redeem.done.text", { user: link.holder()?.username ?? "" })}
          />
          {goOn()}
        </Match>
        <Match when={link.holder()}>
          {(holder) => (
            <form onSubmit={link.submit} novalidate class="flex flex-col gap-4">
              <LinkHolderFacts holder={holder()} />
              <Show when={link.save.error()}>{(error) => <FailureNotice error={error()} />}</Show>
              <NewPasswordFields form={link.password} autofocus />
              <Show when={!holder().invited}>
                <RevokeOthers checked={link.revokes()} onToggle={link.setRevokes} />
              </Show>
              <Button type="submit" variant="primary" class="h-9! w-full" busy={link.save.busy()}>
                {t(holder().invited ? "invite.submit" : "redeem.submit")}
              </Button>
            </form>
          )}
        </Match>
        <Match when={link.look.error()}>
          {(error) => (
            <Show
              when={failureOf(error()) === "LINK_INVALID"}
              fallback={
                <FailureNotice
                  error={error()}
                  retrying={link.look.busy()}
                  onRetry={() => link.look.run(undefined)}
                />
              }
            >
              <FailureNotice error={error()} brief />
              {goOn()}
            </Show>
          )}
        </Match>
      </Switch>
    </EntryPage>
  );
}
