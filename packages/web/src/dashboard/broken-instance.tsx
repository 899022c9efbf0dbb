import { A } from "@solidjs/router";
import { createUniqueId, Show } from "solid-js";
import { useInstanceActions } from "../actions/instance-actions.tsx";
import type { Condition, Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { Reason } from "../status/reason.tsx";
import { remedyTab } from "../status/status-words.ts";
import { AttentionItem } from "../ui/attention-item.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { conditionWords } from "./condition-words.ts";

export type Fault = Extract<Condition, { code: "INSTANCE_ERROR" | "START_OWED" }>;

/** A broken instance, once it is in the list of instances too. */
export function BrokenInstance(props: { condition: Fault }) {
  const live = useLive();
  return (
    <Show when={live.instances.get(props.condition.subject.id)}>
      {(instance) => <Broken instance={instance()} condition={props.condition} />}
    </Show>
  );
}

/** The reason, and links to its remedies, the likely one first. */
function Broken(props: { instance: Instance; condition: Fault }) {
  const actions = useInstanceActions();
  const title = createUniqueId();
  const tab = () => remedyTab(props.instance);
  /** Without a container, or never up: started rather than restarted. */
  const again = () => {
    const code = props.instance.statusDetail?.code;
    return code === "CONTAINER_MISSING" || code === "START_FAILED" ? "start" : "restart";
  };
  const link = (to: "config" | "logs") => (
    <A
      href={paths.instance(props.instance.id, to)}
      aria-describedby={title}
      class={buttonClass("plain", true)}
    >
      <Icon name={to === "config" ? "file" : "logs"} />
      {to === "config" ? t("action.editConfig") : t("action.seeLogs")}
    </A>
  );
  return (
    <AttentionItem
      tone="error"
      title={
        <span id={title}>
          <A href={paths.instance(props.instance.id)} class="underline-offset-3 hover:underline">
            {props.instance.name}
          </A>{" "}
          <span class="font-mono text-xs font-normal text-text-3">{props.instance.id}</span>
        </span>
      }
      text={
        <Show
          when={props.instance.status === "error"}
          fallback={conditionWords(props.condition).text}
        >
          <Reason instance={props.instance} />
        </Show>
      }
      actions={
        <>
          <Show when={tab() === "config"}>{link("config")}</Show>
          <Show when={tab() !== "overview"}>{link("logs")}</Show>
          <Button
            small
            icon={again() === "start" ? "play" : "restart"}
            aria-describedby={title}
            busy={actions.pending(props.instance.id) === again()}
            onClick={() => void actions.run(props.instance, again())}
          >
            {again() === "start" ? t("action.start") : t("action.restart")}
          </Button>
        </>
      }
    />
  );
}
