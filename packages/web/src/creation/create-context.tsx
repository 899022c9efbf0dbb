import { createContext, createSignal, type ParentProps, Show, useContext } from "solid-js";
import { useMay } from "../session/may.ts";
import { lazyPart } from "../ui/lazy-part.tsx";
import type { Fields } from "./create-instance-form.ts";

/** Both hold the rules for ids and names, which are loaded when first needed. */
const loadDialog = () => import("./create-dialog.tsx");
const CreateDialog = lazyPart(loadDialog, "CreateDialog");
const CreateManyDialog = lazyPart(
  () => import("../bulk/create-many-dialog.tsx"),
  "CreateManyDialog",
);

interface CreateContextValue {
  /** Asks for a new instance. */
  one: () => void;
  /** Asks for a list of new instances. */
  many: () => void;
  /** Loads the form before it is asked for. */
  prepare: () => void;
}

const CreateContext = createContext<CreateContextValue>();

/** Instances can be created from wherever one is on the page. */
export function CreateProvider(props: ParentProps) {
  const [asking, setAsking] = createSignal<"one" | "many">();
  const may = useMay();
  const close = () => setAsking(undefined);
  /** Of the form that was left last; only as long as the page lives. */
  let unsent: Fields | undefined;
  const value: CreateContextValue = {
    one: () => may("createInstances") && setAsking("one"),
    many: () => may("createInstances") && setAsking("many"),
    prepare: () => void loadDialog(),
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
