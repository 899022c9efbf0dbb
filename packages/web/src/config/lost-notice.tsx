import { Show } from "solid-js";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import type { ConfigState } from "./create-config.ts";
import type { LostConfig } from "./create-lost-config.ts";

const WORDS: Record<LostConfig["outcome"], { what: PlainKey; fix: PlainKey }> = {
  replaced: { what: "lost.replaced", fix: "lost.replaced.fix" },
  skipped: { what: "lost.skipped", fix: "lost.skipped.fix" },
  died: { what: "lost.died", fix: "lost.died.fix" },
};

/** OpenClaw refused the saved text: its message, and a button that restores the text. */
export function LostNotice(props: { config: ConfigState; lost: LostConfig }) {
  const words = () => WORDS[props.lost.outcome];
  return (
    <Notice
      tone="error"
      title={t(words().what)}
      actions={
        <Show when={props.lost.text !== props.config.text()}>
          <Button small onClick={() => props.config.revert(props.lost.text)}>
            {t("config.revert")}
          </Button>
        </Show>
      }
    >
      <Show when={props.lost.complaint}>
        {(said) => <p class="font-mono text-xs wrap-anywhere">{said()}</p>}
      </Show>
      <p>{t(props.lost.isBack ? "lost.back.fix" : words().fix)}</p>
    </Notice>
  );
}
