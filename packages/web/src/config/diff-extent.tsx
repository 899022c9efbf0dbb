import { t } from "../i18n/i18n.ts";
import { Segments } from "../ui/segments.tsx";

export type Extent = "changes" | "whole";

/** Whether a comparison shows only the changes, with a few lines around them, or the whole texts. */
export function DiffExtent(props: { value: Extent; onChange: (value: Extent) => void }) {
  return (
    <Segments
      label={t("diff.extent")}
      value={props.value}
      onChange={props.onChange}
      options={[
        { value: "changes", label: t("diff.changes") },
        { value: "whole", label: t("diff.whole") },
      ]}
    />
  );
}
