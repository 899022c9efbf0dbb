import { t } from "../i18n/i18n.ts";
import { Card } from "../ui/card.tsx";

/** Warns that docker-compose.yml differs from the running containers. */
export function ComposeCard(props: { fault: string }) {
  return (
    <Card title={t("system.compose")}>
      <p class="mb-3 text-text-2">{t("system.compose.text")}</p>
      <p class="font-mono text-sm wrap-anywhere">{props.fault}</p>
    </Card>
  );
}
