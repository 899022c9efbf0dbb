import { createSignal, For, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { NetworkStatus } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/icon.tsx";
import { findingsOf, type Tested } from "./findings.ts";

/** Tests whether this browser reaches the names of instances. */
export function ReachCard(props: { status: NetworkStatus }) {
  const api = useApi();
  const [tested, setTested] = createSignal<Tested>();
  const call = createCall(async () => {
    setTested(undefined);
    const probe = await api.trpc.network.probe.mutate();
    if (probe) setTested({ probe, reach: await api.reach(probe) });
  });
  return (
    <Card
      title={t("network.test")}
      action={
        <Button small busy={call.busy()} onClick={() => void call.run(undefined)}>
          {t("network.test.run")}
        </Button>
      }
    >
      <p class="text-text-2">{t("network.test.text")}</p>
      <Show when={call.error()}>
        {(reason) => (
          <div class="mt-3">
            <FailureNotice error={reason()} />
          </div>
        )}
      </Show>
      <div aria-live="polite">
        <Show when={tested()}>
          {(result) => <Findings status={props.status} tested={result()} />}
        </Show>
      </div>
    </Card>
  );
}

function Findings(props: { status: NetworkStatus; tested: Tested }) {
  const isPlainPage = window.location.protocol === "http:" && !window.isSecureContext;
  return (
    <>
      <ul class="mt-3 flex flex-col gap-2">
        <For each={findingsOf(props.status, props.tested, isPlainPage)}>
          {({ isGood, text }) => (
            <li class="flex gap-2">
              <Icon
                name={isGood ? "check" : "alert"}
                class={`mt-0.5 ${isGood ? "text-running" : "text-error"}`}
              />
              <span class="min-w-0 wrap-anywhere">{text}</span>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.tested.reach.kind === "unreached"}>
        <a
          class="mt-2 inline-block underline underline-offset-3"
          href={new URL(props.tested.probe.url).origin}
          target="_blank"
          rel="noreferrer"
        >
          {t("network.test.look")}
        </a>
      </Show>
    </>
  );
}
