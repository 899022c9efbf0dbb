import { Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { createAccess } from "./create-access.ts";
import { useInstanceActions } from "./instance-actions.tsx";

const AccessQr = lazyPart(() => import("./access-qr.tsx"), "AccessQr");

/** Opens the instance, or copies its link for a colleague. */
export function AccessLink(props: {
  instance: Instance;
  /** Where no other button opens the instance. */
  opens?: boolean;
}) {
  return (
    <Show
      when={props.instance.opensBy !== "unserved"}
      fallback={<p class="text-text-2">{t("link.unserved")}</p>}
    >
      <Link {...props} />
    </Show>
  );
}

function Link(props: { instance: Instance; opens?: boolean }) {
  const actions = useInstanceActions();
  const access = createAccess(() => props.instance);
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
        <Button icon="copy" busy={access.busy() === "copy"} onClick={() => void access.copy()}>
          {t("action.copyLink")}
        </Button>
        <Button
          icon="qr"
          busy={access.busy() === "qr"}
          aria-expanded={access.qr() !== undefined}
          onClick={() => (access.qr() === undefined ? void access.showQr() : access.hideQr())}
        >
          {t("link.qr")}
        </Button>
      </div>
      <Show when={access.qr()}>{(url) => <AccessQr url={url()} name={props.instance.name} />}</Show>
      <Show when={access.byHand()}>
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
