import type { Invited } from "../../api/client.ts";
import { formatExact } from "../../i18n/format.ts";
import { t } from "../../i18n/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { copyText } from "../../ui/copy-button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { showToast } from "../../ui/toast.tsx";
import { OneTimeLinkView } from "./one-time-link.tsx";

/** The link of a new invitation, which nobody can see again. */
export function InvitedDialog(props: { name: string; link: Invited; onClose: () => void }) {
  const copy = async () => {
    if (await copyText(props.link.url)) showToast({ kind: "success", title: t("action.copied") });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t("invite.link.title", { name: props.name })}
      description={t("invite.link.text", { time: formatExact(props.link.expiresAt) })}
      footer={
        <>
          <Button onClick={props.onClose}>{t("action.done")}</Button>
          <Button data-autofocus="" variant="primary" icon="copy" onClick={() => void copy()}>
            {t("users.link.copy")}
          </Button>
        </>
      }
    >
      <OneTimeLinkView url={props.link.url} name={props.name} />
    </Dialog>
  );
}
