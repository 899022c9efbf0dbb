import { Show } from "solid-js";
import { useInstanceDialogs } from "../actions/instance-dialogs.tsx";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { LabelChips } from "../labels/label-chips.tsx";
import { useMay } from "../session/may.ts";
import { Button } from "../ui/button.tsx";
import { Fact } from "../ui/facts.tsx";

/** Group and tags of an instance; operators can change them here. */
export function LabelFacts(props: { instance: Instance }) {
  const may = useMay();
  const dialogs = useInstanceDialogs();
  const hasAny = () => props.instance.group !== null || props.instance.tags.length > 0;
  return (
    <Show when={hasAny() || may("labelInstances")}>
      <Fact label={t("label.both")} wide>
        <span class="flex min-w-0 flex-wrap items-center gap-2">
          <Show when={hasAny()} fallback={t("label.none")}>
            <LabelChips instance={props.instance} />
          </Show>
          <Show when={may("labelInstances")}>
            <Button small variant="ghost" onClick={() => dialogs.edit(props.instance.id)}>
              {t("label.edit")}
            </Button>
          </Show>
        </span>
      </Fact>
    </Show>
  );
}
