import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Switch } from "../ui/switch.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { PaceState } from "./create-pace.ts";

/** Offers to do a batch in waves; nothing for a single instance. */
export function PaceFields(props: { pace: PaceState }) {
  return (
    <>
      <Show when={props.pace.count() > 1}>
        <Switch
          label={t("pace.slowly")}
          checked={props.pace.slowly()}
          onChange={props.pace.setSlowly}
        />
      </Show>
      <Show when={props.pace.slowly()}>
        <TextField
          label={t("pace.wave")}
          value={props.pace.wave()}
          onInput={props.pace.setWave}
          error={
            props.pace.isRight() ? undefined : t("pace.wave.wrong", { count: props.pace.count() })
          }
        />
        <Switch
          label={t("pace.pause")}
          checked={props.pace.pauses()}
          onChange={props.pace.setPauses}
        />
        <Switch
          label={t("pace.stop")}
          checked={props.pace.stopsEarly()}
          onChange={props.pace.setStopsEarly}
        />
      </Show>
    </>
  );
}
