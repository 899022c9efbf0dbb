import { useNavigate } from "@solidjs/router";
import { Show } from "solid-js";
import { StopNow } from "../actions/stop-now.tsx";
import type { Instance } from "../api/client.ts";
import { t, withTexts } from "../i18n/i18n.ts";
import { INSTANCE_TABS, type InstanceTab, paths } from "../routes.ts";
import { useMay } from "../session/may.ts";
import { StatusBadge } from "../status/status-badge.tsx";
import { statusSentence } from "../status/status-words.ts";
import { lazyPart } from "../ui/lazy-part.tsx";
import { Page } from "../ui/page.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { DangerZone } from "./danger-zone.tsx";
import { ErrorPanel } from "./error-panel.tsx";
import { HeaderActions } from "./header-actions.tsx";
import { Overview } from "./overview.tsx";
import { PendingChange } from "./pending-change.tsx";

const LogView = lazyPart(() => withTexts(import("../logs/log-view.tsx"), "logs"), "LogView");
const ConfigView = lazyPart(() => import("../config/config-view.tsx"), "ConfigView");
const InstanceBackups = lazyPart(
  () => import("../backups/instance-backups.tsx"),
  "InstanceBackups",
);

export function InstanceView(props: { instance: Instance; tab: string | undefined }) {
  const may = useMay();
  const navigate = useNavigate();
  const tab = () =>
    INSTANCE_TABS.filter((candidate) => candidate !== "danger" || may("removeInstances")).find(
      (candidate) => candidate === props.tab,
    ) ?? "overview";
  /** Logs and configuration fill the window; other tabs grow with their content. */
  const fills = () => tab() === "logs" || tab() === "config";
  const go = (next: InstanceTab) => navigate(paths.instance(props.instance.id, next));
  return (
    <Page
      title={props.instance.name}
      fill={fills()}
      heading={<Heading instance={props.instance} />}
      actions={<HeaderActions instance={props.instance} />}
    >
      <Show when={props.instance.status === "error"}>
        <ErrorPanel instance={props.instance} tab={tab()} />
      </Show>
      <Tabs
        label={t("tab.label")}
        value={tab()}
        onChange={go}
        tabs={[
          {
            value: "overview",
            label: t("tab.overview"),
            panel: () => <Overview instance={props.instance} />,
          },
          {
            value: "logs",
            label: t("tab.logs"),
            panel: () => <LogView instance={props.instance} />,
          },
          {
            value: "config",
            label: t("tab.config"),
            panel: () => <ConfigView instance={props.instance} />,
          },
          {
            value: "backups",
            label: t("tab.backups"),
            panel: () => <InstanceBackups instance={props.instance} />,
          },
          ...(may("removeInstances")
            ? [
                {
                  value: "danger" as const,
                  label: t("tab.danger"),
                  panel: () => <DangerZone instance={props.instance} />,
                },
              ]
            : []),
        ]}
      />
    </Page>
  );
}

function Heading(props: { instance: Instance }) {
  const reason = () => (props.instance.status === "error" ? null : statusSentence(props.instance));
  return (
    <div class="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      <h1 class="text-xl font-semibold wrap-anywhere">{props.instance.name}</h1>
      <span class="font-mono text-sm text-text-3">{props.instance.id}</span>
      <StatusBadge status={props.instance.status} />
      <PendingChange instance={props.instance} />
      <Show when={reason()}>{(text) => <span class="text-sm text-text-2">{text()}</span>}</Show>
      <StopNow instance={props.instance} />
    </div>
  );
}
