import { Meter as Kobalte } from "@kobalte/core/meter";

/** A used share, 0 to 1, with the amounts in words. */
export function Meter(props: {
  label: string;
  value: number;
  text: string;
  /** So little is left that action is needed; it is announced elsewhere, too. */
  alarm?: boolean;
}) {
  return (
    <Kobalte
      value={props.value}
      minValue={0}
      maxValue={1}
      getValueLabel={() => props.text}
      aria-label={props.label}
      class="flex w-full flex-col gap-1"
    >
      <Kobalte.ValueLabel class="text-sm tabular" />
      <Kobalte.Track class="h-1.5 overflow-hidden rounded-full bg-line">
        <Kobalte.Fill
          class={`h-full w-(--kb-meter-fill-width) rounded-full ${props.alarm ? "bg-error" : "bg-text-3"}`}
        />
      </Kobalte.Track>
    </Kobalte>
  );
}
