import { Progress as Kobalte } from "@kobalte/core/progress";
import { formatPercent } from "../i18n/format.ts";

/** A bar from 0 to 1; null while unknown. `failed`: at least one part failed. */
export function Progress(props: { label: string; value: number | null; failed?: boolean }) {
  return (
    <Kobalte
      value={props.value ?? 0}
      minValue={0}
      maxValue={1}
      indeterminate={props.value === null}
      getValueLabel={() => formatPercent(props.value ?? 0)}
      aria-label={props.label}
      class="w-full"
    >
      <Kobalte.Track class="h-1.5 overflow-hidden rounded-full bg-line">
        <Kobalte.Fill
          class="h-full w-(--kb-progress-fill-width) rounded-full bg-busy transition-[width] duration-180 data-[indeterminate]:w-full data-[indeterminate]:animate-breathe"
          classList={{
            "data-[progress=complete]:bg-running": !props.failed,
            "data-[progress=complete]:bg-error": props.failed ?? false,
          }}
        />
      </Kobalte.Track>
    </Kobalte>
  );
}
