import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";

/** Whether an address works only on the machine where it is used. */
export function isOnlyHere(url: string): boolean {
  return /^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(new URL(url).hostname);
}

/** Warns under an address that is about to be shared. */
export function OnlyHere(props: { url: string }) {
  return (
    <Show when={isOnlyHere(props.url)}>
      <p class="text-xs text-unknown">{t("link.onlyHere")}</p>
    </Show>
  );
}
