import { createContext, createSignal, Match, type ParentProps, Switch, useContext } from "solid-js";
import type { Instance } from "../api/client.ts";
import { withTexts } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";

/** All are loaded on demand. */
const InitDialog = lazyPart(() => withTexts(import("./init-dialog.tsx"), "init"), "InitDialog");
const AssignDialog = lazyPart(() => import("../owner/assign-dialog.tsx"), "AssignDialog");

const EditDialog = lazyPart(() => import("../labels/edit-dialog.tsx"), "EditDialog");

type Asking = { what: "init" | "edit"; id: string } | { what: "assign"; ids: readonly string[] };

interface InstanceDialogs {
  /** Opens the dialog for an instance's model provider. */
  init: (id: string) => void;
  /** Opens the dialog for the owner of instances. */
  assign: (ids: readonly string[]) => void;
  /** Opens the dialog for an instance's name, group and tags. */
  edit: (id: string) => void;
}

const DialogsContext = createContext<InstanceDialogs>();

/** The dialogs about an instance, available on every page. */
export function InstanceDialogsProvider(props: ParentProps) {
  const live = useLive();
  const [asking, setAsking] = createSignal<Asking>();
  const close = () => setAsking(undefined);
  const oneTo = (what: "init" | "edit"): Instance | undefined => {
    const current = asking();
    return current?.what === what ? live.instances.get(current.id) : undefined;
  };
  const assigned = (): Instance[] | undefined => {
    const current = asking();
    return current?.what === "assign"
      ? current.ids.flatMap((id) => live.instances.get(id) ?? [])
      : undefined;
  };
  const value: InstanceDialogs = {
    init: (id) => setAsking({ what: "init", id }),
    edit: (id) => setAsking({ what: "edit", id }),
    assign: (ids) => setAsking({ what: "assign", ids }),
  };
  return (
    <DialogsContext.Provider value={value}>
      {props.children}
      <Switch>
        <Match when={oneTo("init")}>
          {(instance) => <InitDialog instance={instance()} onClose={close} />}
        </Match>
        <Match when={oneTo("edit")}>
          {(instance) => <EditDialog instance={instance()} onClose={close} />}
        </Match>
        <Match when={assigned()}>
          {(instances) => <AssignDialog instances={instances()} onClose={close} />}
        </Match>
      </Switch>
    </DialogsContext.Provider>
  );
}

export function useInstanceDialogs(): InstanceDialogs {
  const dialogs = useContext(DialogsContext);
  if (!dialogs) throw new Error("useInstanceDialogs needs an <InstanceDialogsProvider> above it.");
  return dialogs;
}
