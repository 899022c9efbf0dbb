import { createContext, type ParentProps, useContext } from "solid-js";
import { createStore } from "solid-js/store";
import { useApi } from "../api/api-context.tsx";
import type { Instance, InstanceStatus } from "../api/client.ts";
import { showFailure } from "../api/show-failure.tsx";
import { t } from "../i18n/i18n.ts";
import { openInstance } from "./open-instance.tsx";

export type Action = "start" | "stop" | "restart" | "open";

const ALLOWED: Record<Action, readonly InstanceStatus[]> = {
  start: ["created", "stopped", "error"],
  stop: ["running", "starting", "error"],
  restart: ["running", "error"],
  open: ["running"],
};

export function isAllowed(action: Action, status: InstanceStatus): boolean {
  return ALLOWED[action].includes(status);
}

function createInstanceActions() {
  const api = useApi();
  const [pending, setPending] = createStore<Record<string, Action | undefined>>({});

  const run = async (instance: Pick<Instance, "id" | "name">, action: Action) => {
    const { id, name } = instance;
    if (pending[id]) return;
    setPending(id, action);
    try {
      if (action === "open") await openInstance(api, id);
      else await api.trpc.instances[action].mutate({ id });
    } catch (error) {
      const failed = {
        start: () => t("failed.start", { name }),
        stop: () => t("failed.stop", { name }),
        restart: () => t("failed.restart", { name }),
        open: () => t("failed.open", { name }),
      };
      showFailure(failed[action](), error);
    } finally {
      setPending(id, undefined);
    }
  };

  return {
    run,
    /** The action that was asked for and has not been answered yet. */
    pending: (id: string): Action | undefined => pending[id],
  };
}

const ActionsContext = createContext<ReturnType<typeof createInstanceActions>>();

/** Actions go on, and stay visible, when one leaves the page that began them. */
export function InstanceActionsProvider(props: ParentProps) {
  return (
    <ActionsContext.Provider value={createInstanceActions()}>
      {props.children}
    </ActionsContext.Provider>
  );
}

export function useInstanceActions() {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error("useInstanceActions needs an <InstanceActionsProvider> above it.");
  return actions;
}
