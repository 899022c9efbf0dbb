import { createSignal, Show } from "solid-js";
import { FormDialog } from "../forms/form-dialog.tsx";
import { t } from "../i18n/i18n.ts";
import { ChosenList } from "../jobs/chosen-list.tsx";
import { Switch } from "../ui/switch.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { Batch, Pace } from "./batch.ts";
import { batchTitle } from "./batch-words.ts";

/** Confirms once, with the number, before many instances are stopped; offers to go slowly. */
export function ConfirmBatchDialog(props: {
  batch: Batch;
  onConfirm: (batch: Batch) => void;
  onClose: () => void;
}) {
  const count = props.batch.items.length;
  const restarts = props.batch.kind === "restart";
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
  const submit = () => {
    const { batch } = props;
    const isSlow = slowly() && (batch.kind === "stop" || batch.kind === "restart");
    props.onConfirm(isSlow ? { ...batch, pace: pace() } : batch);
  };
  return (
    <FormDialog
      title={restarts ? t("bulk.confirm.restart", { count }) : t("bulk.confirm.stop", { count })}
      description={restarts ? t("bulk.confirm.restart.text") : t("bulk.confirm.stop.text")}
      submit={batchTitle(props.batch)}
      danger
      cautious
      disabled={!isRight()}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <ChosenList items={props.batch.items} />
      <Switch label={t("pace.slowly")} checked={slowly()} onChange={setSlowly} />
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
