import { createSignal, Show } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import { createCall } from "../../api/create-call.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { t } from "../../i18n/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { SecretField } from "../secret-field.tsx";
import { createTokenForm } from "./create-token-form.ts";
import { TokenFields } from "./token-fields.tsx";

/** Creates a token and shows it once, since the panel keeps only its hash. */
export function TokenDialog(props: { onMade: () => void; onClose: () => void }) {
  const { tokens } = useApi().trpc;
  const form = createTokenForm();
  const [made, setMade] = createSignal<{ name: string; token: string }>();
  const call = createCall(async () => {
    setMade(await tokens.create.mutate(form.input()));
    props.onMade();
  }, form.own.refusals);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (form.ready()) void call.run(undefined);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={made() ? t("tokens.made", { name: made()?.name ?? "" }) : t("tokens.create")}
      description={made() ? t("tokens.made.text") : t("tokens.text")}
      footer={
        <Show
          when={made()}
          fallback={
            <>
              <Button onClick={props.onClose}>{t("action.cancel")}</Button>
              <Button
                variant="primary"
                type="submit"
                form="create-token"
                busy={call.busy()}
                disabled={!form.ready()}
              >
                {t("action.create")}
              </Button>
            </>
          }
        >
          {/* The pressed button is gone: keep the focus in the dialog. */}
          <Button ref={(button) => queueMicrotask(() => button.focus())} onClick={props.onClose}>
            {t("action.done")}
          </Button>
        </Show>
      }
    >
      <Show
        when={made()}
        fallback={
          <form id="create-token" onSubmit={submit} novalidate class="flex flex-col gap-4">
            <Show when={call.error()}>{(error) => <FailureNotice error={error()} />}</Show>
            <TokenFields form={form} />
          </form>
        }
      >
        {(one) => <SecretField label={t("tokens.token")} value={one().token} />}
      </Show>
    </Dialog>
  );
}
