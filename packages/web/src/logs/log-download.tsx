import { Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { showFailure } from "../api/show-failure.tsx";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { saveFile } from "../ui/save-file.ts";
import { createLogDownload } from "./create-log-download.ts";

/** Downloads the whole log; can be cancelled. */
export function LogDownload(props: { id: string }) {
  const download = createLogDownload(useApi(), props.id, {
    save: saveFile,
    onError: (error) => showFailure(t("logs.download.failed"), error, () => download.start()),
  });
  return (
    <Show
      when={download.lines() !== undefined}
      fallback={
        <Button variant="ghost" onClick={() => void download.start()}>
          {t("logs.download")}
        </Button>
      }
    >
      <Button onClick={download.cancel}>{t("action.cancel")}</Button>
      <span role="status" class="text-sm whitespace-nowrap tabular text-text-2">
        {t("logs.download.progress", { count: download.lines() ?? 0 })}
      </span>
    </Show>
  );
}
