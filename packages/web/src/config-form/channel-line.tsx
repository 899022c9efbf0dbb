import { Index, Match, Show, Switch } from "solid-js";
import { explain } from "../api/api-error.ts";
import type { RouterOutputs } from "../api/client.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Icon, type IconName } from "../ui/icon.tsx";

export type Channels = RouterOutputs["instances"]["channels"];
type ChannelStatus = Channels["channels"][number];

const STATES: Record<ChannelStatus["state"], { word: PlainKey; tone: string; icon: IconName }> = {
  connected: { word: "forms.state.connected", tone: "text-running", icon: "check" },
  connecting: { word: "forms.state.connecting", tone: "text-busy", icon: "more" },
  off: { word: "forms.state.off", tone: "text-text-3", icon: "info" },
  unconfigured: { word: "forms.state.unconfigured", tone: "text-unknown", icon: "alert" },
  stopped: { word: "forms.state.stopped", tone: "text-unknown", icon: "alert" },
  failed: { word: "forms.state.failed", tone: "text-error", icon: "alert" },
};

/**
 * Whether a channel is connected, or why not, account by account. The lines stay while they say the
 * same: a screen reader reads out what changes.
 */
export function ChannelLine(props: { channel: string; channels: Channels | undefined }) {
  const own = () => props.channels?.channels.filter((one) => one.channel === props.channel) ?? [];
  const shared = () =>
    props.channels?.warnings.filter((one) => one.channel === props.channel) ?? [];
  return (
    <div role="status" class="flex flex-col gap-1 text-sm">
      <Show when={props.channels}>
        {(channels) => (
          <Switch fallback={<p class="text-text-3">{t("forms.state.none")}</p>}>
            <Match when={channels().hindrance}>
              {(hindrance) => <p class="text-text-3">{hindranceWords(hindrance())}</p>}
            </Match>
            <Match when={own().length > 0}>
              <Index each={own()}>{(status) => <Account status={status()} />}</Index>
            </Match>
          </Switch>
        )}
      </Show>
      <Index each={shared()}>
        {(one) => (
          <p class="text-unknown">
            {t("shared.channel", {
              channel: one().channel,
              others: one().instanceIds.join(", ") || t("shared.other"),
            })}
          </p>
        )}
      </Index>
    </div>
  );
}

function Account(props: { status: ChannelStatus }) {
  const look = () => STATES[props.status.state];
  return (
    <p class="flex items-start gap-1.5">
      <Icon name={look().icon} class={`mt-0.5 ${look().tone}`} />
      <span class="min-w-0 wrap-anywhere">
        <Show when={props.status.account}>{(name) => <>{name()} · </>}</Show>
        <span class="font-medium">{t(look().word)}</span>
        <Show when={props.status.state !== "connected" && props.status.problem}>
          {(problem) => <span class="text-text-2"> · {problem()}</span>}
        </Show>
      </span>
    </p>
  );
}

function hindranceWords({ reason, message }: NonNullable<Channels["hindrance"]>): string {
  if (reason === "INSTANCE_NOT_RUNNING") return t("forms.state.notRunning");
  const { what, detail } = explain(reason, message);
  return t("forms.state.unknown", { why: detail ?? what });
}
