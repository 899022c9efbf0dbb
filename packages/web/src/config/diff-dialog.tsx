import { createSignal } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { ConfigState } from "./create-config.ts";
import { DiffExtent, type Extent } from "./diff-extent.tsx";

const DiffView = lazyPart(
  () => import("./diff-view.tsx"),
  "DiffView",
  () => <Skeleton class="h-[min(52vh,32rem)] w-full" />,
);

export interface Comparison {
  before: string;
  after: string;
  changes: number;
}

/** Compares the file with what saving would write. */
export function DiffDialog(props: {
  config: ConfigState;
  name: string;
  comparison: Comparison;
  open: boolean;
  onClose: () => void;
}) {
  const [extent, setExtent] = createSignal<Extent>("changes");
  return (
    <Dialog
      wide
      open={props.open}
      onOpenChange={(open) => open || props.onClose()}
      title={t("diff.title")}
      description={t("diff.text")}
      footer={
        <>
          <Button onClick={props.onClose}>{t("action.close")}</Button>
          <Button
            variant="primary"
            busy={props.config.saving()}
            disabled={!props.config.dirty()}
            onClick={() => void props.config.save().finally(props.onClose)}
          >
            {t("config.save")}
          </Button>
        </>
      }
    >
      <div class="mb-2 flex flex-wrap items-center justify-between gap-2">
        <span class="text-sm font-medium tabular">
          {t("config.changes", { count: props.comparison.changes })}
        </span>
        <DiffExtent value={extent()} onChange={setExtent} />
      </div>
      <DiffView
        label={t("diff.label", { name: props.name })}
        before={props.comparison.before}
        after={props.comparison.after}
        whole={extent() === "whole"}
      />
    </Dialog>
  );
}
