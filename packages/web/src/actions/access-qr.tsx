import { t } from "../i18n/i18n.ts";
import { OnlyHere } from "../ui/only-here.tsx";
import { QrCode } from "../ui/qr-code.tsx";
import { linkHint } from "./open-instance.tsx";

/** A QR code of the link; warns when the address works only on this machine. */
export function AccessQr(props: { url: string; name: string }) {
  return (
    <div class="flex flex-col items-start gap-2">
      <QrCode text={props.url} label={t("link.qr.label", { name: props.name })} />
      <p class="text-xs text-text-3">{linkHint(props.url)}</p>
      <OnlyHere url={props.url} />
    </div>
  );
}
