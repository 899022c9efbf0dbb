import { createContext, createSignal, type ParentProps, Show, useContext } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { lazyPart } from "../ui/lazy-part.tsx";
import { showToast } from "../ui/toast.tsx";
import { type AskedBatch, asksFirst, type Batch } from "./batch.ts";
import { type BatchRunner, createBatchRunner } from "./create-batch-runner.ts";

const ConfirmBatchDialog = lazyPart(
  () => import("./confirm-batch-dialog.tsx"),
  "ConfirmBatchDialog",
);
const BatchDialog = lazyPart(() => import("./batch-dialog.tsx"), "BatchDialog");

interface BatchContextValue {
  runner: BatchRunner;
  /**
   * Starts a batch and shows its progress; ignored while another one runs. A batch that stops
   * several instances, or ends links that people have, starts after confirmation.
   */
  begin: (batch: Batch) => void;
  /** Shows the last batch. */
  show: () => void;
}

const BatchContext = createContext<BatchContextValue>();

/** A batch continues, and stays visible, across pages. */
export function BatchProvider(props: ParentProps) {
  const [open, setOpen] = createSignal(false);
  const show = () => setOpen(true);
  const runner = createBatchRunner(() => {
    if (open()) return;
    const { failed, skipped } = runner.counts();
    showToast({
      kind: failed > 0 ? "error" : "success",
      title: failed > 0 ? t("batch.ended.failed", { count: failed }) : t("batch.ended"),
      text: skipped > 0 ? t("batch.ended.skipped", { count: skipped }) : undefined,
      button: { label: t("batch.show"), onPress: show },
    });
  });
  const [asking, setAsking] = createSignal<AskedBatch>();
  const go = (batch: Batch) => {
    setAsking(undefined);
    runner.begin(batch);
    show();
  };
  const begin = (batch: Batch) => {
    if (runner.calling()) return;
    if (!asksFirst(batch)) return go(batch);
    setOpen(false);
    setAsking(batch);
  };
  return (
    <BatchContext.Provider value={{ runner, begin, show }}>
      {props.children}
      <Show when={asking()} keyed>
        {(batch) => (
          <ConfirmBatchDialog batch={batch} onConfirm={go} onClose={() => setAsking(undefined)} />
        )}
      </Show>
      <Show when={open() && runner.batch()}>
        {(batch) => (
          <BatchDialog
            batch={batch()}
            runner={runner}
            onBegin={begin}
            onClose={() => setOpen(false)}
          />
        )}
      </Show>
    </BatchContext.Provider>
  );
}

export function useBatch(): BatchContextValue {
  const batch = useContext(BatchContext);
  if (!batch) throw new Error("useBatch needs a <BatchProvider> above it.");
  return batch;
}
