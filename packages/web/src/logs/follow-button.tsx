import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Icon } from "../ui/icon.tsx";

export function FollowButton(props: { following: boolean; onFollow: () => void; class?: string }) {
  return (
    <button
      type="button"
      aria-pressed={props.following}
      onClick={() => props.onFollow()}
      class={`inline-flex h-8 items-center gap-2 rounded-md px-2.5 whitespace-nowrap text-text-2 transition-colors hover:bg-hover hover:text-text ${props.class ?? ""}`}
    >
      <Show when={props.following} fallback={<Icon name="arrowDown" />}>
        <span aria-hidden="true" class="m-1 size-2 rounded-full bg-running" />
      </Show>
      {props.following ? t("logs.following") : t("logs.follow")}
    </button>
  );
}
