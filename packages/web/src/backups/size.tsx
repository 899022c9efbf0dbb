import { formatBytes } from "../i18n/format.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";

const WORDS = {
  packed: "size.packed",
  data: "size.data",
  kept: "size.kept",
} as const satisfies Record<string, PlainKey>;

/** A size with its kind: an instance has a file size, a data size, and a size on disk. */
export function Size(props: { bytes: number; of: keyof typeof WORDS; class?: string }) {
  return (
    <span class={`whitespace-nowrap tabular ${props.class ?? ""}`}>
      <span>{formatBytes(props.bytes)}</span>{" "}
      <span class="text-xs text-text-3">{t(WORDS[props.of])}</span>
    </span>
  );
}
