import { formatExact, formatWhen } from "../i18n/format.ts";
import { now } from "./now.ts";

/** A time, relative under a day, with the exact one as a tooltip. */
export function When(props: { iso: string }) {
  return (
    <time datetime={props.iso} data-tip={formatExact(props.iso)} class="tabular">
      {formatWhen(props.iso, now())}
    </time>
  );
}
