import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";

/** Leads to the set-up of a model, without which an opened instance answers nothing. */
export function ModelFirst(props: { name: string; onSetUp: () => void }) {
  return (
    <div class="flex flex-col gap-2">
      <p class="text-sm text-text-2">{t("home.noModel")}</p>
      <Button
        variant="primary"
        icon="sparkle"
        aria-label={t("home.setUpModelNamed", { name: props.name })}
        class="h-11! w-full text-lg!"
        onClick={props.onSetUp}
      >
        {t("home.setUpModel")}
      </Button>
    </div>
  );
}
