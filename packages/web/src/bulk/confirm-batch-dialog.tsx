import { createSignal, Show } from "solid-js";
import { FormDialog } from "../forms/form-dialog.tsx";
import { t } from "../i18n/i18n.ts";
import { ChosenList } from "../jobs/chosen-list.tsx";
import { Switch } from "../ui/switch.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { AskedBatch, Batch, Pace } from "./batch.ts";
import { batchTitle } from "./batch-words.ts";

/** The question and what its answer means. */
function wordsFor({ kind, items }: AskedBatch): { title: string; text: string } {
  const count = items.length;
  switch (kind) {
    case "stop":
      return { title: t("bulk.confirm.stop", { count }), text: t("bulk.confirm.stop.text") };
    case "restart":
      return { title: t("bulk.confirm.restart", { count }), text: t("bulk.confirm.restart.text") };
    case "migrate":
      return { title: t("bulk.confirm.migrate", { count }), text: t("bulk.confirm.migrate.text") };
  }
}

/** Confirms once, with the number, before instances are stopped; offers to go slowly for many. */
export function ConfirmBatchDialog(props: {
  batch: AskedBatch;
  onConfirm: (batch: Batch) => void;
  onClose: () => void;
}) {
  const count = props.batch.items.length;
  const words = () => wordsFor(props.batch);
  const [slowly, setSlowly] = createSignal(false);
  const [wave, setWave] = createSignal("1");
  const [pauses, setPauses] = createSignal(true);
  const [stopsEarly, setStopsEarly] = createSignal(true);
  const size = () => Number(wave());
  const isRight = () => !slowly() || (size() >= 1 && size() <= count);
  const pace = (): Pace => ({
    wave: size(),
    pauseBetween: pauses(),
    stopAtFirstFailure: stopsEarly(),
  });
  const submit = () => props.onConfirm(slowly() ? { ...props.batch, pace: pace() } : props.batch);
  return (
    <FormDialog
      title={words().title}
      description={words().text}
      submit={batchTitle(props.batch)}
      danger
      cautious
      disabled={!isRight()}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <ChosenList items={props.batch.items} />
      <Show when={count > 1}>
        <Switch label={t("pace.slowly")} checked={slowly()} onChange={setSlowly} />
      </Show>
      <Show when={slowly()}>
        <TextField
          label={t("pace.wave")}
          value={wave()}
          onInput={(text) => setWave(text.replace(/\D/g, "").slice(0, 4))}
          error={isRight() ? undefined : t("pace.wave.wrong", { count })}
        />
        <Switch label={t("pace.pause")} checked={pauses()} onChange={setPauses} />
        <Switch label={t("pace.stop")} checked={stopsEarly()} onChange={setStopsEarly} />
      </Show>
    </FormDialog>
  );
}
