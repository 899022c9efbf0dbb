import { For, Show } from "solid-js";
import { formatBytes } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { StateWord } from "../ui/state-word.tsx";
import { When } from "../ui/when.tsx";
import type { HistoryState, Version } from "./create-history.ts";
import { authorOf, versionName } from "./version-words.ts";

/** The versions as far as they were loaded; each opens. */
export function VersionList(props: {
  history: HistoryState;
  versions: readonly Version[];
  onChoose: (version: Version) => void;
}) {
  return (
    <>
      <ul aria-label={t("history.title")} class="flex flex-col rounded-md border">
        <For each={props.versions}>
          {(version) => (
            <li class="border-b last:border-b-0">
              <button
                type="button"
                class="flex w-full items-center gap-3 px-3 py-2 text-left hover:bg-hover"
                onClick={() => props.onChoose(version)}
              >
                <span class="min-w-0 flex-1">
                  <span class="flex flex-wrap items-center gap-x-3 gap-y-0.5">
                    <span class="font-medium tabular">{versionName(version)}</span>
                    <Marks version={version} lastHealthy={props.history.lastHealthy()} />
                  </span>
                  <span class="block text-sm text-text-2 wrap-anywhere">{authorOf(version)}</span>
                </span>
                <span class="shrink-0 text-right text-sm text-text-2">
                  <When iso={version.at} />
                  <span class="block text-xs text-text-3 tabular">{formatBytes(version.size)}</span>
                </span>
                <Icon name="chevronRight" class="shrink-0 text-text-3" />
              </button>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.history.hasMore()}>
        <div class="mt-3 flex justify-center">
          <Button busy={props.history.loading()} onClick={() => void props.history.more()}>
            {t("history.more")}
          </Button>
        </div>
      </Show>
    </>
  );
}

/** The version that the file has, and the last one with which the instance was healthy. */
export function Marks(props: { version: Version; lastHealthy: number | undefined }) {
  return (
    <span class="flex flex-wrap items-center gap-x-3 text-xs empty:hidden">
      <Show when={props.version.current}>
        <span class="rounded-sm bg-sunken px-1.5 py-0.5 text-text-2">{t("history.current")}</span>
      </Show>
      <Show when={props.version.version === props.lastHealthy}>
        <StateWord good>{t("history.lastHealthy")}</StateWord>
      </Show>
    </span>
  );
}
