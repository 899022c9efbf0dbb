import { t } from "../../i18n/i18n.ts";
import { OnlyHere } from "../../ui/only-here.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { SecretField } from "../secret-field.tsx";

/** A link that is shown once: to copy, or to scan with a phone. */
export function OneTimeLinkView(props: { url: string; name: string }) {
  return (
    <div class="flex flex-col gap-2">
      <SecretField label={t("users.link.field")} value={props.url} />
      <OnlyHere url={props.url} />
      <QrCode text={props.url} label={t("invite.qr", { name: props.name })} />
    </div>
  );
}
