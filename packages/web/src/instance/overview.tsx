import { resolveHostPath } from "@claw/core/host-path";
import { Show } from "solid-js";
import { AccessLink } from "../actions/access-link.tsx";
import { useInstanceDialogs } from "../actions/instance-dialogs.tsx";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { JobList } from "../jobs/job-list.tsx";
import { useLive } from "../live/live-context.tsx";
import { useMay } from "../session/may.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { When } from "../ui/when.tsx";
import { DevicesCard } from "./devices-card.tsx";
import { ForeignAccess } from "./foreign-access.tsx";
import { LabelFacts } from "./label-facts.tsx";
import { LimitsCard } from "./limits-card.tsx";
import { OwnerFact } from "./owner-fact.tsx";
import { TokenAccess } from "./token-access.tsx";
import { UsageCard } from "./usage-card.tsx";
import { WebhooksCard } from "./webhooks-card.tsx";

export function Overview(props: { instance: Instance }) {
  const live = useLive();
  const may = useMay();
  const dialogs = useInstanceDialogs();
  const folder = (name: "data" | "logs") => {
    const relative = `instances/${props.instance.id}/${name}`;
    const home = live.system.data()?.home;
    return home ? resolveHostPath(home, relative) : relative;
  };
  /** As core's `containerName`, whose module would bring the schema library along. */
  const container = () => `openclaw-${props.instance.id}`;
  const jobs = () => live.jobs.list().filter((job) => job.instanceId === props.instance.id);
  return (
    <div class="grid grid-cols-1 items-start gap-4 lg:grid-cols-[2fr_1fr]">
      <div class="min-w-0 lg:col-span-2">
        <UsageCard instance={props.instance} />
      </div>
      <div class="flex min-w-0 flex-col gap-4">
        <Card title={t("overview.facts")}>
          <Facts>
            <Fact label={t("overview.desired")}>
              {props.instance.desired === "running"
                ? t("overview.desired.running")
                : t("overview.desired.stopped")}
            </Fact>
            <Fact label={t("overview.started")}>
              <Show when={props.instance.startedAt} fallback="–">
                {(iso) => <When iso={iso()} />}
              </Show>
            </Fact>
            <Fact label={t("overview.restarts")}>
              <span class="tabular">{props.instance.restartCount}</span>
            </Fact>
            <OwnerFact instance={props.instance} />
            <LabelFacts instance={props.instance} />
            <Fact label={t("instances.column.port")}>
              <span class="tabular">{props.instance.port}</span>
            </Fact>
            <Fact label={t("overview.image")}>
              <code class="text-sm wrap-anywhere">{props.instance.image}</code>
            </Fact>
            <Fact label={t("overview.container")}>
              <Copyable text={container()} />
            </Fact>
            <Fact label={t("overview.created")}>
              <When iso={props.instance.createdAt} />
            </Fact>
            <Show when={may("seeSystem")}>
              <Fact label={t("overview.data")} wide>
                <Copyable text={folder("data")} />
              </Fact>
              <Fact label={t("overview.logs")} wide>
                <Copyable text={folder("logs")} />
              </Fact>
            </Show>
          </Facts>
        </Card>
        <LimitsCard id={props.instance.id} />
      </div>
      <div class="flex flex-col gap-4">
        <Card title={t("overview.access")}>
          <Show
            when={props.instance.status === "running"}
            fallback={<p class="text-text-2">{t("overview.access.off")}</p>}
          >
            <AccessLink instance={props.instance} />
            <ForeignAccess instance={props.instance} />
          </Show>
          <TokenAccess instance={props.instance} />
        </Card>
        <DevicesCard instance={props.instance} />
        <WebhooksCard instance={props.instance} />
        <Card title={t("overview.jobs")}>
          <Show
            when={jobs().length > 0}
            fallback={
              <>
                <p class="mb-3 text-text-2">{t("overview.init.text")}</p>
                <Button icon="sparkle" onClick={() => dialogs.init(props.instance.id)}>
                  {t("action.initAsk")}
                </Button>
              </>
            }
          >
            <JobList jobs={jobs().slice(0, 3)} />
          </Show>
        </Card>
      </div>
    </div>
  );
}

function Copyable(props: { text: string }) {
  return (
    <span class="flex items-center gap-1">
      <code class="text-sm wrap-anywhere">{props.text}</code>
      <CopyButton text={props.text} label={t("action.copy", { what: props.text })} />
    </span>
  );
}
