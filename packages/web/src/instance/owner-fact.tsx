import { Show } from "solid-js";
import { useInstanceDialogs } from "../actions/instance-dialogs.tsx";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { useMay } from "../session/may.ts";
import { Button } from "../ui/button.tsx";
import { Fact } from "../ui/facts.tsx";

/** The owner of an instance; administrators can change it here. */
export function OwnerFact(props: { instance: Instance }) {
  const may = useMay();
  const dialogs = useInstanceDialogs();
  return (
    <Show when={may("seeOwners")}>
      <Fact label={t("owner.label")}>
        <span class="flex flex-wrap items-center gap-x-2">
          {props.instance.owner ?? t("owner.none")}
          <Show when={may("assignOwners")}>
            <Button small variant="ghost" onClick={() => dialogs.assign([props.instance.id])}>
              {t("owner.change")}
            </Button>
          </Show>
        </span>
      </Fact>
    </Show>
  );
}
