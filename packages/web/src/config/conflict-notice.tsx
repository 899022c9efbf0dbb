import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import type { ConfigState } from "./create-config.ts";
import { discard } from "./discard.ts";

/**
 * Somebody else, or OpenClaw itself, stored another text. The editor shows both; here one is
 * chosen as a whole, or what came of the two.
 */
export function ConflictNotice(props: { config: ConfigState }) {
  return (
    <div
      role="alert"
      class="flex flex-wrap items-start gap-x-4 gap-y-3 rounded-md bg-unknown-tint px-3 py-2.5"
    >
      <div class="flex min-w-0 flex-1 basis-72 gap-2.5">
        <Icon name="alert" class="mt-0.5 text-unknown" />
        <div class="min-w-0">
          <p class="font-medium">{t("conflict.title")}</p>
          <p class="text-sm text-text-2">{t("conflict.text")}</p>
          <p class="text-sm text-text-2">{t("conflict.legend")}</p>
        </div>
      </div>
      <div class="flex flex-wrap gap-2">
        <Button small onClick={() => discard(props.config, t("config.takenTheirs"))}>
          {t("conflict.theirs")}
        </Button>
        <Button small onClick={props.config.keepMine}>
          <Show when={props.config.merged()} fallback={t("conflict.mine")}>
            {t("conflict.merged")}
          </Show>
        </Button>
      </div>
    </div>
  );
}
