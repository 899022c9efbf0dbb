import { useNavigate } from "@solidjs/router";
import { createMemo, type JSX, Show } from "solid-js";
import { useInstanceActions } from "../actions/instance-actions.tsx";
import type { Instance } from "../api/client.ts";
import { locale, t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { buttonClass } from "../ui/button.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Menu } from "../ui/menu.tsx";

/** Initial length; the last entry leads to all. */
const SHOWN = 8;

/** Shortcuts to the logs or the page of an instance. */
export function QuickMenus(): JSX.Element {
  const live = useLive();
  const navigate = useNavigate();
  const actions = useInstanceActions();
  const byName = createMemo(() => {
    const collator = new Intl.Collator(locale(), { numeric: true });
    return [...live.instances.list()].sort((a, b) => collator.compare(a.name, b.name));
  });
  /** Instances in error first: their logs are wanted most. */
  const forLogs = () => [
    ...byName().filter((one) => one.status === "error"),
    ...byName().filter((one) => one.status !== "error"),
  ];
  const running = () => byName().filter((one) => one.status === "running");
  return (
    <>
      <Show when={running().length > 0}>
        <InstanceMenu
          label={t("action.open")}
          icon="open"
          instances={running()}
          onSelect={(instance) => void actions.run(instance, "open")}
        />
      </Show>
      <InstanceMenu
        label={t("action.seeLogs")}
        icon="logs"
        instances={forLogs()}
        onSelect={(instance) => navigate(paths.instance(instance.id, "logs"))}
      />
    </>
  );
}

function InstanceMenu(props: {
  label: string;
  icon: IconName;
  instances: readonly Instance[];
  onSelect: (instance: Instance) => void;
}) {
  const navigate = useNavigate();
  return (
    <Menu
      label={props.label}
      triggerClass={buttonClass("plain")}
      trigger={
        <>
          <Icon name={props.icon} />
          {props.label}
          <Icon name="chevronDown" class="text-text-3" />
        </>
      }
      entries={[
        ...props.instances.slice(0, SHOWN).map((instance) => ({
          label: instance.name,
          onSelect: () => props.onSelect(instance),
        })),
        {
          label: t("dashboard.allInstances"),
          separated: true,
          onSelect: () => navigate(paths.instances),
        },
      ]}
    />
  );
}
