import { createContext, type ParentProps, useContext } from "solid-js";
import { createStore } from "solid-js/store";
import { useApi } from "../api/api-context.tsx";
import type { Instance, InstanceStatus } from "../api/client.ts";
import { showFailure } from "../api/show-failure.tsx";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { showToast } from "../ui/toast.tsx";
import { openInstance } from "./open-instance.tsx";
import { startAndOpen } from "./start-and-open.ts";

type StatusCode = NonNullable<Instance["statusDetail"]>["code"];

export type Action = "start" | "stop" | "restart" | "open" | "startAndOpen";

const ALLOWED: Record<Action, readonly InstanceStatus[]> = {
  start: ["created", "stopped", "error"],
  stop: ["running", "starting", "error"],
  restart: ["running", "error"],
  open: ["running"],
  startAndOpen: ["created", "stopped"],
};

export function isAllowed(action: Action, status: InstanceStatus): boolean {
  return ALLOWED[action].includes(status);
}

/** Errors in which a container still runs or keeps restarting. */
const ERRORS_WHILE_UP: ReadonlySet<string> = new Set<StatusCode>([
  "CRASH_LOOP",
  "OUT_OF_MEMORY",
  "NOT_ANSWERING",
  "CONTAINER_PAUSED",
]);

/** Start and stop share a place: never are both useful. */
export function startOrStop(
  { status, statusDetail }: Pick<Instance, "status" | "statusDetail">,
  pending: Action | undefined,
): "start" | "stop" {
  if (pending === "start" || pending === "stop") return pending;
  if (status === "error") return ERRORS_WHILE_UP.has(statusDetail?.code ?? "") ? "stop" : "start";
  return status === "running" || status === "starting" || status === "stopping" ? "stop" : "start";
}

function createInstanceActions() {
  const api = useApi();
  const { instances } = useLive();
  const [pending, setPending] = createStore<Record<string, Action | undefined>>({});

  /** Withdraws the offer to undo the last action. */
  const offers = new Map<string, () => void>();

  const run = async (instance: Pick<Instance, "id" | "name">, action: Action): Promise<void> => {
    const { id, name } = instance;
    if (pending[id]) return;
    setPending(id, action);
    offers.get(id)?.();
    try {
      if (action === "open") await openInstance(api, id);
      else if (action === "startAndOpen") await startAndOpen(api, instances, id);
      else await api.trpc.instances[action].mutate({ id });
      offerUndo(instance, action);
    } catch (error) {
      const failed = {
        start: () => t("failed.start", { name }),
        stop: () => t("failed.stop", { name }),
        restart: () => t("failed.restart", { name }),
        open: () => t("failed.open", { name }),
        startAndOpen: () => t("failed.open", { name }),
      };
      showFailure(failed[action](), error, () => run(instance, action));
    } finally {
      setPending(id, undefined);
    }
  };

  /** Offers the opposite action right after one. */
  const offerUndo = (instance: Pick<Instance, "id" | "name">, action: Action) => {
    const { name } = instance;
    const offer = (title: string, label: string, opposite: Action) =>
      offers.set(
        instance.id,
        showToast({
          kind: "success",
          title,
          button: { label, onPress: () => void run(instance, opposite) },
        }),
      );
    if (action === "stop") offer(t("undo.stopped", { name }), t("undo.startAgain"), "start");
    if (action === "start") offer(t("undo.started", { name }), t("undo.stopAgain"), "stop");
  };

  return {
    run,
    /** The action in progress. */
    pending: (id: string): Action | undefined => pending[id],
  };
}

const ActionsContext = createContext<ReturnType<typeof createInstanceActions>>();

/** Actions continue, and stay visible, after leaving the page that started them. */
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
