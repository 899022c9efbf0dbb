import { Match, Show, Switch } from "solid-js";
import type { Instance } from "../api/client.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { isAllowed, useInstanceActions } from "../instances/instance-actions.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import type { ConfigState, Effect } from "./create-config.ts";

const EFFECTS: Record<Effect, PlainKey> = {
  hot: "config.effect.hot",
  restart: "config.effect.restart",
  "next-start": "config.effect.nextStart",
};

const SAVE_KEYS = "Ctrl-S";

/** What the text in the editor is against the file, and what saving did. */
export function SaveBar(props: { config: ConfigState; instance: Instance }) {
  const actions = useInstanceActions();
  return (
    <div class="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-t bg-sunken px-3 py-2">
      <div role="status" class="flex min-w-0 flex-1 items-center gap-2 text-sm">
        <Switch fallback={<span class="text-text-3">{t("config.saved")}</span>}>
          <Match when={props.config.dirty()}>
            <span aria-hidden="true" class="size-2 rounded-full bg-unknown" />
            <span class="font-medium">{t("config.dirty")}</span>
          </Match>
          <Match when={props.config.effect()}>
            {(effect) => (
              <>
                <Icon name="check" class="text-running" />
                <span>{t(EFFECTS[effect()])}</span>
              </>
            )}
          </Match>
        </Switch>
      </div>
      <Show
        when={props.config.effect() === "restart" && isAllowed("restart", props.instance.status)}
      >
        <Button
          icon="restart"
          busy={actions.pending(props.instance.id) === "restart"}
          onClick={() => void actions.run(props.instance, "restart")}
        >
          {t("config.restartNow")}
        </Button>
      </Show>
      <Show when={props.config.dirty()}>
        <Button variant="ghost" onClick={props.config.discard}>
          {t("config.discard")}
        </Button>
        <Button
          busy={props.config.saving()}
          disabled={props.config.theirs() !== undefined}
          onClick={() => void props.config.save()}
          aria-keyshortcuts="Control+S"
        >
          {t("config.save")}
          <kbd class="font-sans text-xs text-text-3 max-sm:hidden">{SAVE_KEYS}</kbd>
        </Button>
      </Show>
    </div>
  );
}
