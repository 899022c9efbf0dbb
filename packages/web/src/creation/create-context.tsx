import { createContext, createSignal, type ParentProps, Show, useContext } from "solid-js";
import { useMay } from "../session/may.ts";
import { lazyPart } from "../ui/lazy-part.tsx";
import type { Fields } from "./create-instance-form.ts";

/** Both contain the rules for ids and names, and are loaded on demand. */
const CreateDialog = lazyPart(() => import("./create-dialog.tsx"), "CreateDialog");
const CreateManyDialog = lazyPart(
  () => import("../bulk/create-many-dialog.tsx"),
  "CreateManyDialog",
);

interface CreateContextValue {
  /** Opens the dialog for a new instance. */
  one: () => void;
  /** Opens the dialog for a list of new instances. */
  many: () => void;
  /** Preloads the form. */
  prepare: () => void;
}

const CreateContext = createContext<CreateContextValue>();

/** Creates instances from every page. */
export function CreateProvider(props: ParentProps) {
  const [asking, setAsking] = createSignal<"one" | "many">();
  const may = useMay();
  const close = () => setAsking(undefined);
  /** Draft of the last closed form; lives as long as the page. */
  let unsent: Fields | undefined;
  const value: CreateContextValue = {
    one: () => may("createInstances") && setAsking("one"),
    many: () => may("createInstances") && setAsking("many"),
    prepare: () => void CreateDialog.preload(),
  };
  return (
    <CreateContext.Provider value={value}>
      {props.children}
      <Show when={asking() === "one"}>
        <CreateDialog
          begun={unsent}
          onLeave={(fields) => {
            unsent = fields;
          }}
          onClose={close}
        />
      </Show>
      <Show when={asking() === "many"}>
        <CreateManyDialog onClose={close} />
      </Show>
    </CreateContext.Provider>
  );
}

export function useCreate(): CreateContextValue {
  const create = useContext(CreateContext);
  if (!create) throw new Error("useCreate needs a <CreateProvider> above it.");
  return create;
}
