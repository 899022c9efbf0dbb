import { For, Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { ChannelForm, type ConfigForm } from "./channel-form.tsx";
import { createChannels } from "./create-channels.ts";
import type { FormText } from "./create-form-text.ts";
import type { IssueAt } from "./form-input.tsx";
import { FORM_NAMES } from "./form-words.ts";

interface ChannelFormsProps {
  forms: readonly ConfigForm[];
  instance: Instance;
  form: FormText;
  issueAt: IssueAt;
}

const isChannel = (form: ConfigForm): form is ConfigForm & { channel: string } =>
  form.channel !== null;

/** The channels of the image, and why it lacks others. */
export function ChannelForms(props: ChannelFormsProps) {
  const channels = createChannels(() => props.instance);
  /** A plugin that was installed in the instance itself is known to its gateway alone. */
  const isThere = (key: string) =>
    props.form.has(["channels", key]) ||
    channels.data()?.channels.some(({ channel }) => channel === key) === true;
  const all = () => props.forms.filter(isChannel);
  const offered = () =>
    all().filter(
      ({ lacks, channel }) => lacks === null || (lacks === "plugin" && isThere(channel)),
    );
  const missing = () => all().filter((form) => !offered().includes(form));
  return (
    <section aria-label={t("forms.channels")} class="flex flex-col gap-4">
      <h2 class="text-lg font-semibold">{t("forms.channels")}</h2>
      <Show when={channels.error()}>
        {(error) => <FailureNotice error={error()} onRetry={channels.refetch} />}
      </Show>
      <For each={offered()}>
        {(form) => (
          <ChannelForm
            of={form}
            form={props.form}
            issueAt={props.issueAt}
            channels={channels.data()}
          />
        )}
      </For>
      <Show when={missing().length > 0}>
        <section aria-label={t("forms.missing")} class="flex flex-col gap-2 border-t pt-4 text-sm">
          <h3 class="font-medium">{t("forms.missing")}</h3>
          <ul class="flex flex-col gap-1.5 text-text-2">
            <For each={missing()}>{(form) => <MissingChannel form={form} />}</For>
          </ul>
        </section>
      </Show>
    </section>
  );
}

function MissingChannel(props: { form: ConfigForm }) {
  const name = () => t(FORM_NAMES[props.form.id]);
  const plugin = () => props.form.plugin ?? "";
  return (
    <li class="wrap-anywhere">
      {props.form.lacks === "plugin"
        ? t("forms.lacks.plugin", { name: name(), plugin: plugin() })
        : t("forms.lacks.settings", { name: name(), plugin: plugin() })}
    </li>
  );
}
