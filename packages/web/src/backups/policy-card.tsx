import { createSignal, Match, Show, Switch } from "solid-js";
import type { PolicyState } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { formatExact } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { JobMark } from "../jobs/job-mark.tsx";
import { useMay } from "../session/may.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Fact } from "../ui/facts.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { When } from "../ui/when.tsx";
import { createPolicy } from "./create-policy.ts";
import { cronWords, retentionWords } from "./policy-words.ts";

const PolicyDialog = lazyPart(() => import("./policy-dialog.tsx"), "PolicyDialog");

/** Schedule and retention, with the button to change them. */
export function PolicyCard() {
  const policy = createPolicy();
  const [editing, setEditing] = createSignal(false);
  const may = useMay();
  return (
    <Card
      title={t("policy.title")}
      action={
        <Show when={may("changeSettings")}>
          <Button small disabled={!policy.data()} onClick={() => setEditing(true)}>
            {t("policy.edit")}
          </Button>
        </Show>
      }
    >
      <Switch fallback={<Skeleton class="h-24 w-full" />}>
        <Match when={policy.data()}>{(state) => <Summary state={state()} />}</Match>
        <Match when={policy.error()}>
          {(error) => <FailureNotice error={error()} onRetry={policy.refetch} />}
        </Match>
      </Switch>
      <Show when={editing() && policy.data()}>
        {(state) => (
          <PolicyDialog
            policy={state().policy}
            onSaved={() => void policy.refetch()}
            onClose={() => setEditing(false)}
          />
        )}
      </Show>
    </Card>
  );
}

function Summary(props: { state: PolicyState }) {
  const policy = () => props.state.policy;
  return (
    <>
      <Show
        when={policy().enabled}
        fallback={<p class="mb-3 text-text-2">{t("policy.off.text")}</p>}
      >
        <p class="mb-3 font-medium">{cronWords(policy().cron)}</p>
      </Show>
      <dl class="flex flex-col gap-3">
        <Show when={policy().enabled}>
          <Fact label={t("policy.next")}>
            <Show when={props.state.nextRun} fallback="–">
              {(iso) => <time datetime={iso()}>{formatExact(iso())}</time>}
            </Show>
          </Fact>
          <Show when={props.state.waiting}>
            {(why) => (
              <p class="text-sm wrap-anywhere text-unknown">
                {t("policy.waiting")} <span class="text-text-2">{why()}</span>
              </p>
            )}
          </Show>
          <Fact label={t("policy.what")}>
            <Show when={policy().instanceIds} fallback={t("policy.allInstances")}>
              {(ids) => t("backup.count", { count: ids().length })}
            </Show>
            <Show when={policy().recipients.length > 0}> · {t("backup.encrypted")}</Show>
          </Fact>
        </Show>
        <Show when={props.state.lastRun}>
          {(run) => (
            <Fact label={t("policy.last")}>
              <span class="flex flex-wrap items-center gap-x-2">
                <JobMark status={run().status} />
                <span class="text-xs text-text-3">
                  <When iso={run().at} />
                </span>
              </span>
            </Fact>
          )}
        </Show>
        <Show when={props.state.lastRun?.message}>
          {(message) => <p class="text-xs wrap-anywhere text-text-3">{message()}</p>}
        </Show>
        <Fact label={t("policy.keep")}>{retentionWords(policy())}</Fact>
      </dl>
      <p class="mt-3 text-xs text-text-3">{t("policy.keep.pinned")}</p>
    </>
  );
}
