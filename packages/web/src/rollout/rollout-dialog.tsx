import { createEffect, on, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import type { Batch } from "../bulk/batch.ts";
import { createPace } from "../bulk/create-pace.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { t } from "../i18n/i18n.ts";
import { ChosenList } from "../jobs/chosen-list.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { createRollout } from "./create-rollout.ts";
import { RolloutPreview } from "./rollout-preview.tsx";

const PatchEditor = lazyPart(
  () => import("./patch-editor.tsx"),
  "PatchEditor",
  () => <Skeleton class="h-[min(36vh,18rem)] w-full" />,
);

/** One instance after the other or, of many, five at a time, so that a bad change breaks few. */
const FIRST_WAVE = 5;

/** A change of many configurations: written, previewed for each, then rolled out in waves. */
export function RolloutDialog(props: {
  instances: readonly Instance[];
  onConfirm: (batch: Batch) => void;
  onClose: () => void;
}) {
  // The selection on opening, whatever happens to the list meanwhile.
  const chosen = [...props.instances];
  const rollout = createRollout(useApi(), chosen);
  const isSlow = chosen.length > 1;
  const wave = chosen.length > FIRST_WAVE ? FIRST_WAVE : 1;
  const count = () => rollout.changed().length;
  const pace = createPace(count, { slowly: isSlow, wave, pauses: false });
  // Fewer may change than were chosen.
  const fitWave = (most: number) => {
    if (most > 0 && Number(pace.wave()) > most) pace.setWave(String(most));
  };
  createEffect(on(count, fitWave));
  const isSlowly = () => count() > 1 && pace.slowly();
  const isRight = () => count() > 0 && (!isSlowly() || pace.isRight());
  const run = () => {
    if (!isRight()) return;
    const chosenPace = isSlowly() ? pace.pace() : undefined;
    props.onConfirm({
      kind: "configure",
      items: rollout.changed().map(({ id, name }) => ({ id, name })),
      patch: rollout.patch(),
      ...(chosenPace && { pace: chosenPace }),
    });
    props.onClose();
  };
  return (
    <FormDialog
      wide
      title={t("rollout.title", { count: chosen.length })}
      description={rollout.preview() ? undefined : t("rollout.text")}
      submit={rollout.preview() ? t("rollout.run", { count: count() }) : t("rollout.preview")}
      busy={rollout.looking()}
      error={rollout.error()}
      disabled={rollout.preview() ? !isRight() : !rollout.isReady()}
      onSubmit={() => (rollout.preview() ? run() : rollout.look())}
      onClose={props.onClose}
    >
      <Show
        when={rollout.preview()}
        fallback={
          <>
            <ChosenList items={chosen} />
            <PatchEditor rollout={rollout} onLook={() => void rollout.look()} />
          </>
        }
      >
        {(preview) => <RolloutPreview rollout={rollout} preview={preview()} pace={pace} />}
      </Show>
    </FormDialog>
  );
}
