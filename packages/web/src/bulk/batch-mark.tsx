import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Spinner } from "../ui/spinner.tsx";
import { useBatch } from "./batch-context.tsx";

/** Progress of the running batch; a click shows the details. */
export function BatchMark() {
  const batch = useBatch();
  const counts = () => batch.runner.counts();
  const numbers = () => {
    const total = batch.runner.all().length;
    return { done: total - counts().waiting - counts().running, total };
  };
  return (
    <Show when={batch.runner.calling()}>
      <button
        type="button"
        onClick={batch.show}
        aria-label={t("batch.mark", numbers())}
        data-tip={t("batch.show")}
        class="inline-flex h-8 items-center gap-2 rounded-md px-2 text-sm whitespace-nowrap text-text-2 transition-colors hover:bg-hover hover:text-text"
      >
        <Spinner class="text-busy" />
        <span class="tabular">{`${numbers().done}/${numbers().total}`}</span>
      </button>
    </Show>
  );
}
