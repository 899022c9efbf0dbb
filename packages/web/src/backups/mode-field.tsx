import type { BackupMode } from "@claw/core/backup/backup";
import { t } from "../i18n/i18n.ts";
import { RadioGroup } from "../ui/radio-group.tsx";

/** Whether instances are stopped one after another or all together, and for how long. */
export function ModeField(props: { value: BackupMode; onChange: (mode: BackupMode) => void }) {
  return (
    <RadioGroup
      label={t("backup.mode")}
      value={props.value}
      onChange={props.onChange}
      options={[
        { value: "rolling", label: t("backup.mode.rolling"), hint: t("backup.mode.rolling.hint") },
        { value: "at-once", label: t("backup.mode.atOnce"), hint: t("backup.mode.atOnce.hint") },
      ]}
    />
  );
}
