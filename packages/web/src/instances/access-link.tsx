import { createSignal, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { showFailure } from "../api/show-failure.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { copyText } from "../ui/copy-button.tsx";
import { showToast } from "../ui/toast.tsx";
import { useInstanceActions } from "./instance-actions.tsx";
import { accessLink } from "./open-instance.tsx";

/** Open the instance, or copy the link for its colleague; the link holds the access token. */
export function AccessLink(props: {
  instance: Instance;
  /** Where no other button opens the instance. */
  opens?: boolean;
}) {
  const api = useApi();
  const actions = useInstanceActions();
  const [link, setLink] = createSignal<string>();
  const [copying, setCopying] = createSignal(false);

  const copy = async () => {
    setCopying(true);
    try {
      const url = await accessLink(api, props.instance.id);
      if (await copyText(url))
        showToast({ kind: "success", title: t("link.copied"), text: t("link.secret") });
      else setLink(url);
    } catch (error) {
      showFailure(t("failed.link", { name: props.instance.name }), error);
    } finally {
      setCopying(false);
    }
  };
  return (
    <div class={`flex flex-col gap-2 ${props.opens ? "rounded-md border bg-sunken p-3" : ""}`}>
      <p class="font-mono text-sm wrap-anywhere">{props.instance.url}</p>
      <div class="flex flex-wrap gap-2">
        <Show when={props.opens}>
          <Button
            variant="primary"
            icon="open"
            busy={actions.pending(props.instance.id) === "open"}
            onClick={() => void actions.run(props.instance, "open")}
          >
            {t("action.open")}
          </Button>
        </Show>
        <Button icon="copy" busy={copying()} onClick={() => void copy()}>
          {t("action.copyLink")}
        </Button>
      </div>
      <Show when={link()}>
        {(url) => (
          <label class="flex flex-col gap-1 text-xs text-text-2">
            {t("link.byHand")}
            <input
              readonly
              value={url()}
              onFocus={(event) => event.currentTarget.select()}
              class="h-8 rounded-md border border-line-2 bg-surface px-2 font-mono text-text"
            />
          </label>
        )}
      </Show>
    </div>
  );
}
