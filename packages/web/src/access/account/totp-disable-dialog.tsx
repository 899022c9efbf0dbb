import { useApi } from "../../api/api-context.tsx";
import { t } from "../../i18n/i18n.ts";
import { showToast } from "../../ui/toast.tsx";
import { PasswordDialog } from "../password-dialog.tsx";

export function TotpDisableDialog(props: { onDisabled: () => void; onClose: () => void }) {
  const { auth } = useApi().trpc;
  return (
    <PasswordDialog
      title={t("totp.disable.title")}
      text={t("totp.disable.text")}
      confirm={t("totp.disable.title")}
      onConfirm={async (password) => {
        await auth.totpDisable.mutate({ password });
        showToast({ kind: "success", title: t("totp.disabled") });
        props.onDisabled();
        props.onClose();
      }}
      onClose={props.onClose}
    />
  );
}
