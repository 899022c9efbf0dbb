import { Show } from "solid-js";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import type { ConfigState } from "./create-config.ts";
import type { LostConfig } from "./create-lost-config.ts";

const WORDS: Record<LostConfig["outcome"], { what: PlainKey; fix: PlainKey }> = {
  replaced: { what: "lost.replaced", fix: "lost.replaced.fix" },
  skipped: { what: "lost.skipped", fix: "lost.skipped.fix" },
  died: { what: "lost.died", fix: "lost.died.fix" },
};

/** OpenClaw did not take what was saved: what it said of it, and the text to have it back. */
export function LostNotice(props: { config: ConfigState; lost: LostConfig }) {
  const words = () => WORDS[props.lost.outcome];
  return (
    <div
      role="alert"
      class="flex flex-wrap items-start gap-x-4 gap-y-3 rounded-md bg-error-tint px-3 py-2.5"
    >
      <div class="flex min-w-0 flex-1 basis-72 gap-2.5">
        <Icon name="alert" class="mt-0.5 text-error" />
        <div class="min-w-0">
          <p class="font-medium">{t(words().what)}</p>
          <Show when={props.lost.complaint}>
            {(said) => <p class="font-mono text-xs wrap-anywhere text-text-2">{said()}</p>}
          </Show>
          <p class="text-sm text-text-2">{t(words().fix)}</p>
        </div>
      </div>
      <Show when={props.lost.text !== props.config.text()}>
        <Button small onClick={() => props.config.revert(props.lost.text)}>
          {t("config.revert")}
        </Button>
      </Show>
    </div>
  );
}
