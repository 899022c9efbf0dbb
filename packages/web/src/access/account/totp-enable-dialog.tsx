import { createSignal, Match, Show, Switch } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import { createCall } from "../../api/create-call.ts";
import { createRefusals } from "../../api/create-refusals.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { t } from "../../i18n/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { PasswordDialog } from "../password-dialog.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";

interface Factor {
  secret: string;
  uri: string;
}

/** Password, then the app's first code, then the recovery codes, shown once. */
export function TotpEnableDialog(props: { onEnabled: () => void; onClose: () => void }) {
  const { auth } = useApi().trpc;
  const [factor, setFactor] = createSignal<Factor>();
  const [codes, setCodes] = createSignal<readonly string[]>();
  const confirm = async (code: string) => {
    setCodes((await auth.totpConfirm.mutate({ code })).recoveryCodes);
    props.onEnabled();
  };
  return (
    <Switch
      fallback={
        <PasswordDialog
          title={t("totp.enable.title")}
          text={t("totp.text")}
          confirm={t("totp.goOn")}
          onConfirm={async (password) => {
            setFactor(await auth.totpBegin.mutate({ password }));
          }}
          onClose={props.onClose}
        />
      }
    >
      <Match when={codes()}>
        {(list) => <RecoveryCodes codes={list()} onClose={props.onClose} />}
      </Match>
      <Match when={factor()}>
        {(made) => <ScanDialog factor={made()} onCode={confirm} onClose={props.onClose} />}
      </Match>
    </Switch>
  );
}

function ScanDialog(props: {
  factor: Factor;
  onCode: (code: string) => Promise<void>;
  onClose: () => void;
}) {
  const [code, setCode] = createSignal("");
  const refusals = createRefusals({ TOTP_WRONG: "code" }, code);
  const call = createCall((given: string) => props.onCode(given), refusals);
  const ready = () => /^\d{6}$/.test(code().replace(/\s/g, ""));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (ready()) void call.run(code());
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t("totp.enable.title")}
      description={t("totp.scan")}
      footer={
        <>
          <Button onClick={props.onClose}>{t("action.cancel")}</Button>
          <Button
            variant="primary"
            type="submit"
            form="totp-code"
            busy={call.busy()}
            disabled={!ready()}
          >
            {t("totp.confirm")}
          </Button>
        </>
      }
    >
      <form id="totp-code" onSubmit={submit} novalidate class="flex flex-col gap-4">
        <Show when={call.error()}>{(error) => <FailureNotice error={error()} brief />}</Show>
        <div class="flex justify-center">
          <QrCode text={props.factor.uri} label={t("totp.qr")} />
        </div>
        <div class="text-sm text-text-2">
          {t("totp.secret")}
          <span class="flex items-center gap-1">
            <code class="wrap-anywhere text-text">{props.factor.secret}</code>
            <CopyButton
              text={props.factor.secret}
              label={t("action.copy", { what: t("totp.title") })}
            />
          </span>
        </div>
        <TextField
          label={t("totp.code")}
          value={code()}
          onInput={setCode}
          error={refusals.of("code")}
          answered
          autocomplete="one-time-code"
          autofocus
          mono
        />
      </form>
    </Dialog>
  );
}
