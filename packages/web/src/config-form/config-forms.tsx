import { type JSX, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { explain } from "../api/api-error.ts";
import type { Instance, RouterOutputs } from "../api/client.ts";
import { createQuery } from "../api/create-query.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { Notice } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ChannelForms } from "./channel-forms.tsx";
import { createFormText, type EditedText, type FormText } from "./create-form-text.ts";
import type { IssueAt } from "./form-input.tsx";
import { GeneralForm } from "./general-form.tsx";

type Described = RouterOutputs["instances"]["configForms"];

interface ConfigFormsProps {
  edited: EditedText;
  instance: Instance;
  issueAt: IssueAt;
}

/** The few values that most people set, as fields that edit the text. */
export function ConfigForms(props: ConfigFormsProps) {
  const { instances } = useApi().trpc;
  // Another instance gets another editor.
  const { id } = props.instance;
  const described = createQuery((signal) => instances.configForms.query({ id }, { signal }));
  const form = createFormText(props.edited);
  const onKeyDown: JSX.EventHandler<HTMLElement, KeyboardEvent> = (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void props.edited.save();
  };
  return (
    <section
      aria-label={t("forms.title")}
      onKeyDown={onKeyDown}
      class="min-h-0 flex-1 overflow-y-auto p-4"
    >
      <Show when={described.error()}>
        {(error) => <FailureNotice error={error()} onRetry={described.refetch} />}
      </Show>
      <Show when={!described.error()}>
        <Show when={described.data()} fallback={<Skeleton class="h-64" />}>
          {(answer) => <Forms {...props} answer={answer()} form={form} />}
        </Show>
      </Show>
    </section>
  );
}

function Forms(props: ConfigFormsProps & { answer: Described; form: FormText }) {
  const hindrance = () => {
    const found = props.answer.hindrance;
    if (!found) return null;
    const { what, detail } = explain(found.reason, found.message);
    return detail ?? what;
  };
  return (
    <Show
      when={!props.form.isBroken()}
      fallback={
        <Notice tone="warning" title={t("forms.broken")}>
          {t("forms.broken.fix")}
        </Notice>
      }
    >
      <Show
        when={hindrance() === null}
        fallback={
          <Notice tone="warning" title={t("forms.noSchema")}>
            {hindrance()}
          </Notice>
        }
      >
        <div class="mx-auto flex max-w-3xl flex-col gap-8">
          <GeneralForm {...props} forms={props.answer.forms} />
          <ChannelForms {...props} forms={props.answer.forms} />
        </div>
      </Show>
    </Show>
  );
}
