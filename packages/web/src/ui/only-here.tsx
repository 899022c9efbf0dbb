import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";

/** Whether an address leads nowhere but to the machine that it is used on. */
export function isOnlyHere(url: string): boolean {
  return /^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(new URL(url).hostname);
}

/** Says so under an address that somebody is about to hand on. */
export function OnlyHere(props: { url: string }) {
  return (
    <Show when={isOnlyHere(props.url)}>
      <p class="text-xs text-unknown">{t("link.onlyHere")}</p>
    </Show>
  );
}
