import { For } from "solid-js";
import { t } from "../../i18n/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { copyText } from "../../ui/copy-button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { showToast } from "../../ui/toast.tsx";

/** Shown once; closing confirms that they are saved. */
export function RecoveryCodes(props: { codes: readonly string[]; onClose: () => void }) {
  const text = () => `${props.codes.join("\n")}\n`;
  const copy = async () => {
    if (await copyText(text())) showToast({ kind: "success", title: t("action.copied") });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t("totp.recovery")}
      description={t("totp.recovery.text")}
      footer={
        <>
          <Button icon="copy" onClick={() => void copy()}>
            {t("totp.recovery.copy")}
          </Button>
          <Button
            onClick={() =>
              saveFile(new Blob([text()], { type: "text/plain" }), "claw-recovery-codes.txt")
            }
          >
            {t("totp.recovery.save")}
          </Button>
          <Button variant="primary" onClick={props.onClose}>
            {t("totp.recovery.done")}
          </Button>
        </>
      }
    >
      <ul
        aria-label={t("totp.recovery")}
        class="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-md border bg-sunken p-4 text-center font-mono"
      >
        <For each={props.codes}>{(code) => <li>{code}</li>}</For>
      </ul>
    </Dialog>
  );
}
