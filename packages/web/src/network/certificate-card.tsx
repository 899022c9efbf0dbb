import { Match, Show, Switch } from "solid-js";
import type { NetworkStatus } from "../api/client.ts";
import { formatExact } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { Card } from "../ui/card.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { Notice } from "../ui/notice.tsx";
import { AuthorityCard } from "./authority-card.tsx";

type Certificate = NetworkStatus["certificate"];
type Given = Extract<Certificate, { kind: "given" }>;

/** Whose certificate browsers see, and what that asks of colleagues. */
export function CertificateCard(props: { certificate: Certificate; domain: string | null }) {
  const authority = () => (props.certificate.kind === "authority" ? props.certificate : undefined);
  const given = () => (props.certificate.kind === "given" ? props.certificate : undefined);
  return (
    <Switch
      fallback={
        <Card title={t("network.certificate")}>
          <p class="text-text-2">{t("network.certificate.none")}</p>
        </Card>
      }
    >
      <Match when={authority()}>{(found) => <AuthorityCard authority={found()} />}</Match>
      <Match when={given()}>{(found) => <GivenCard given={found()} domain={props.domain} />}</Match>
    </Switch>
  );
}

function GivenCard(props: { given: Given; domain: string | null }) {
  return (
    <Card title={t("network.certificate")}>
      <Facts>
        <Fact label={t("network.certificate.file")} wide>
          <code class="text-xs wrap-anywhere">{props.given.file}</code>
        </Fact>
        <Fact label={t("network.certificate.expires")} wide>
          {formatExact(props.given.expiresAt)}
        </Fact>
      </Facts>
      <Show when={!props.given.coversInstances}>
        <div class="mt-3">
          <Notice tone="warning" title={t("network.certificate.uncovered")}>
            {t("network.certificate.uncovered.fix", { domain: props.domain ?? "" })}
          </Notice>
        </div>
      </Show>
    </Card>
  );
}
