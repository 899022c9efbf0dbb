import { A } from "@solidjs/router";
import { t } from "../i18n/i18n.ts";
import { paths } from "../routes.ts";
import { buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";

/** Leads to the templates of configurations. */
export function ConfigTemplatesCard() {
  return (
    <Card title={t("templates.title")}>
      <p class="mb-3 text-text-2">{t("templates.card")}</p>
      <A href={paths.templates} class={buttonClass("plain")}>
        {t("templates.manage")}
      </A>
    </Card>
  );
}
