import { Show } from "solid-js";
import {
  type Action,
  isAllowed,
  startOrStop,
  useInstanceActions,
} from "../actions/instance-actions.tsx";
import { useInstanceDialogs } from "../actions/instance-dialogs.tsx";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";

export function HeaderActions(props: { instance: Instance }) {
  const actions = useInstanceActions();
  const dialogs = useInstanceDialogs();
  const pending = () => actions.pending(props.instance.id);
  const bind = (action: Action) => ({
    busy: pending() === action,
    disabled: pending() !== undefined || !isAllowed(action, props.instance.status),
    onClick: () => void actions.run(props.instance, action),
  });
  return (
    <>
      <Button icon="sparkle" variant="ghost" onClick={() => dialogs.init(props.instance.id)}>
        {t("action.init")}
      </Button>
      <Show
        when={startOrStop(props.instance, pending()) === "stop"}
        fallback={
          <Button icon="play" {...bind("start")}>
            {t("action.start")}
          </Button>
        }
      >
        <Button icon="stop" {...bind("stop")}>
          {t("action.stop")}
        </Button>
      </Show>
      <Button icon="restart" {...bind("restart")}>
        {t("action.restart")}
      </Button>
      <Button icon="open" variant="primary" {...bind("open")}>
        {t("action.open")}
      </Button>
    </>
  );
}
