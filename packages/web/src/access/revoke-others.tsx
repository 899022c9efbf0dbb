import { t } from "../i18n/i18n.ts";
import { Checkbox } from "../ui/checkbox.tsx";

/** Whether a new password also ends other sessions, API tokens and one-time links. */
export function RevokeOthers(props: { checked: boolean; onToggle: (on: boolean) => void }) {
  return (
    <div class="flex items-center gap-1">
      <Checkbox
        label={t("password.revokeOthers")}
        checked={props.checked}
        onToggle={props.onToggle}
      />
      <span aria-hidden="true" class="text-sm">
        {t("password.revokeOthers")}
      </span>
    </div>
  );
}
