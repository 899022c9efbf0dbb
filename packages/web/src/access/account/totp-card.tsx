import { createSignal, Show } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import { createQuery } from "../../api/create-query.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { t } from "../../i18n/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { StateWord } from "../../ui/state-word.tsx";
import { TotpDisableDialog } from "./totp-disable-dialog.tsx";

/** Loaded on demand: it draws a QR code. */
const TotpEnableDialog = lazyPart(() => import("./totp-enable-dialog.tsx"), "TotpEnableDialog");

/** The second factor: its state and the buttons that change it. */
export function TotpCard() {
  const { auth } = useApi().trpc;
  const query = createQuery((signal) => auth.state.query(undefined, { signal }));
  const [asking, setAsking] = createSignal<"enable" | "disable">();
  const factor = () => query.data()?.user ?? undefined;
  const close = () => setAsking(undefined);
  const look = () => void query.refetch();
  return (
    <Card
      title={t("totp.title")}
      action={
        <Show when={factor()}>
          {(known) => (
            <Button small onClick={() => setAsking(known().hasTotp ? "disable" : "enable")}>
              {known().hasTotp ? t("totp.disable") : t("totp.enable")}
            </Button>
          )}
        </Show>
      }
    >
      <Show when={query.error()}>
        {(error) => (
          <FailureNotice error={error()} retrying={query.fetching()} onRetry={query.refetch} />
        )}
      </Show>
      <Show when={factor()} fallback={<p class="h-5" />}>
        {(known) => (
          <p class="flex flex-wrap gap-x-3">
            <Show
              when={known().hasTotp}
              fallback={<span class="font-medium text-text-2">{t("totp.off")}</span>}
            >
              <StateWord good>{t("totp.on")}</StateWord>
              <span class="text-text-2">
                {t("totp.left", { count: known().recoveryCodesLeft })}
              </span>
            </Show>
          </p>
        )}
      </Show>
      <p class="mt-1 text-sm text-text-2">{t("totp.text")}</p>
      <Show when={asking() === "enable"}>
        <TotpEnableDialog onEnabled={look} onClose={close} />
      </Show>
      <Show when={asking() === "disable"}>
        <TotpDisableDialog onDisabled={look} onClose={close} />
      </Show>
    </Card>
  );
}
