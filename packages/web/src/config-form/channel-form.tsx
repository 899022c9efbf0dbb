import type { FormField } from "@claw/core/config-forms/describe-forms";
import { createSignal, For, Show } from "solid-js";
import type { RouterOutputs } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Switch } from "../ui/switch.tsx";
import { ChannelLine, type Channels } from "./channel-line.tsx";
import type { FormText } from "./create-form-text.ts";
import { FormInput, type IssueAt } from "./form-input.tsx";
import { FORM_NAMES } from "./form-words.ts";

export type ConfigForm = RouterOutputs["instances"]["configForms"]["forms"][number];

interface ChannelFormProps {
  of: ConfigForm & { channel: string };
  form: FormText;
  issueAt: IssueAt;
  channels: Channels | undefined;
}

/** A channel: its state, and the fields that it needs, once it is in the text or wanted. */
export function ChannelForm(props: ChannelFormProps) {
  const [isWanted, setIsWanted] = createSignal(false);
  const path = () => ["channels", props.of.channel];
  const isInText = () => props.form.has(path());
  let setUp: HTMLButtonElement | undefined;
  const remove = () => {
    setIsWanted(false);
    props.form.remove(path());
    setUp?.focus();
  };
  return (
    <section aria-label={t(FORM_NAMES[props.of.id])} class="flex flex-col gap-3 border-t pt-4">
      <header class="flex flex-wrap items-start justify-between gap-3">
        <div class="flex min-w-0 flex-col gap-1">
          <h3 class="font-medium">{t(FORM_NAMES[props.of.id])}</h3>
          <Show when={isInText()}>
            <ChannelLine channel={props.of.channel} channels={props.channels} />
          </Show>
        </div>
        <Show
          when={isInText() || isWanted()}
          fallback={
            <Button
              ref={setUp}
              small
              aria-label={t("forms.setUpChannel", { name: t(FORM_NAMES[props.of.id]) })}
              onClick={() => setIsWanted(true)}
            >
              {t("forms.setUp")}
            </Button>
          }
        >
          <div class="flex flex-wrap items-center gap-3">
            <EnabledSwitch {...props} isInText={isInText()} />
            <Button
              small
              variant="ghost"
              aria-label={t("forms.removeChannelOf", { name: t(FORM_NAMES[props.of.id]) })}
              onClick={remove}
            >
              {t("forms.removeChannel")}
            </Button>
          </div>
        </Show>
      </header>
      <Show when={isInText() || isWanted()}>
        <Fields {...props} isInText={isInText()} />
      </Show>
    </section>
  );
}

function Fields(props: ChannelFormProps & { isInText: boolean }) {
  const fields = () => props.of.fields.filter(({ kind }) => kind !== "switch");
  const path = () => ["channels", props.of.channel];
  const hasAccounts = () => props.form.has([...path(), "accounts"]);
  const isUnconfigured = () =>
    props.channels?.channels.some(
      ({ channel, state }) => channel === props.of.channel && state === "unconfigured",
    ) === true;
  /** What the file lacks, the gateway may have from an account, another file or a variable. */
  const isNeeded = (field: FormField) =>
    props.isInText &&
    !hasAccounts() &&
    (!props.form.fileHas(path()) || props.form.inFile(field) !== undefined || isUnconfigured());
  return (
    <>
      <div class="grid gap-4 sm:grid-cols-2">
        <For each={fields()}>
          {(field) => (
            <FormInput
              field={field}
              form={props.form}
              issueAt={props.issueAt}
              isNeeded={isNeeded(field)}
            />
          )}
        </For>
      </div>
      <Show when={props.of.id === "whatsapp"}>
        <p class="text-sm text-text-2">{t("forms.whatsappQr")}</p>
      </Show>
      <Show when={hasAccounts()}>
        <p class="text-sm text-text-2">{t("forms.accounts")}</p>
      </Show>
    </>
  );
}

/** OpenClaw takes a channel that is in its configuration for switched on. */
function EnabledSwitch(props: ChannelFormProps & { isInText: boolean }) {
  const field = () => props.of.fields.find(({ kind }) => kind === "switch");
  return (
    <Show when={field()}>
      {(enabled) => {
        const shown = () => props.form.shown(enabled());
        const isOn = () => {
          const now = shown();
          return now.kind === "switch" ? now.isOn : props.isInText;
        };
        return (
          <Switch
            label={t("forms.enabled")}
            checked={isOn()}
            disabled={shown().kind === "other"}
            onChange={(on) => props.form.set(enabled(), on)}
          />
        );
      }}
    </Show>
  );
}
