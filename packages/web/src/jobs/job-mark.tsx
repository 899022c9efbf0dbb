import { Match, Switch } from "solid-js";
import type { Job } from "../api/client.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Spinner } from "../ui/spinner.tsx";

const LOOK = {
  queued: { word: "job.status.queued", tone: "text-busy", icon: null },
  running: { word: "job.status.running", tone: "text-busy", icon: null },
  succeeded: { word: "job.status.succeeded", tone: "text-running", icon: "check" },
  partial: { word: "job.status.partial", tone: "text-unknown", icon: "alert" },
  failed: { word: "job.status.failed", tone: "text-error", icon: "alert" },
  cancelled: { word: "job.status.cancelled", tone: "text-stopped", icon: "close" },
} as const satisfies Record<Job["status"], { word: PlainKey; tone: string; icon: IconName | null }>;

export function JobMark(props: { status: Job["status"] }) {
  const look = () => LOOK[props.status];
  return (
    <span class={`inline-flex items-center gap-1.5 text-sm font-medium ${look().tone}`}>
      <Switch>
        <Match when={look().icon}>{(name) => <Icon name={name()} />}</Match>
        <Match when={true}>
          <Spinner />
        </Match>
      </Switch>
      {t(look().word)}
    </span>
  );
}
