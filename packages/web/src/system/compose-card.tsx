import { t } from "../i18n/i18n.ts";
import { Card } from "../ui/card.tsx";

/** That docker-compose.yml does not say what runs. */
export function ComposeCard(props: { fault: string }) {
  return (
    <Card title={t("system.compose")}>
      <p class="mb-3 text-text-2">{t("system.compose.text")}</p>
      <p class="font-mono text-sm wrap-anywhere">{props.fault}</p>
    </Card>
  );
}
