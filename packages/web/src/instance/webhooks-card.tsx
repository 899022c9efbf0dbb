import { createSignal, For, Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { useMay } from "../session/may.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";

const WebhooksDialog = lazyPart(() => import("./webhooks-dialog.tsx"), "WebhooksDialog");

/** The addresses at which channels call the instance without a session; operators change them. */
export function WebhooksCard(props: { instance: Instance }) {
  const may = useMay();
  const [editing, setEditing] = createSignal(false);
  const isServed = () => props.instance.opensBy === "panel";
  const whyNot = () =>
    props.instance.opensBy === "unserved" ? "link.unserved" : "webhooks.byToken";
  return (
    <Card
      title={t("webhooks.title")}
      action={
        <Show when={isServed() && may("openPaths")}>
          <Button small variant="ghost" onClick={() => setEditing(true)}>
            {t("webhooks.edit")}
          </Button>
        </Show>
      }
    >
      <Show when={isServed()} fallback={<p class="text-text-2">{t(whyNot())}</p>}>
        <Show
          when={props.instance.webhookPaths.length > 0}
          fallback={<p class="text-text-2">{t("webhooks.none")}</p>}
        >
          <p class="text-sm text-text-2">{t("webhooks.opened")}</p>
          <ul aria-label={t("webhooks.list")} class="mt-1 divide-y">
            <For each={props.instance.webhookPaths}>
              {(path) => <Address text={new URL(path, props.instance.url).href} />}
            </For>
          </ul>
        </Show>
      </Show>
      <Show when={editing()}>
        <WebhooksDialog instance={props.instance} onClose={() => setEditing(false)} />
      </Show>
    </Card>
  );
}

function Address(props: { text: string }) {
  return (
    <li class="flex items-center gap-1 py-1">
      <code class="min-w-0 flex-1 text-sm wrap-anywhere">{props.text}</code>
      <CopyButton text={props.text} label={t("action.copy", { what: props.text })} />
    </li>
  );
}
