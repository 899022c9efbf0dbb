import { agentsIn, fieldsOfAgent } from "@claw/core/config-forms/form-values";
import { createMemo, For } from "solid-js";
import { t } from "../i18n/i18n.ts";
import type { ConfigForm } from "./channel-form.tsx";
import type { FormText } from "./create-form-text.ts";
import { FormInput, type IssueAt } from "./form-input.tsx";

interface GeneralFormProps {
  forms: readonly ConfigForm[];
  form: FormText;
  issueAt: IssueAt;
}

/** The fields that are not about channels. */
export function GeneralForm(props: GeneralFormProps) {
  const general = () =>
    props.forms.filter(({ channel, lacks }) => channel === null && lacks === null);
  // Ids are compared, so that a field under the caret stays.
  const agents = createMemo(() => agentsIn(props.form.config()));
  return (
    <section aria-label={t("forms.general")} class="flex flex-col gap-4">
      <h2 class="text-lg font-semibold">{t("forms.general")}</h2>
      <div class="grid gap-4 sm:grid-cols-2">
        <For each={general().filter(({ id }) => id !== "agents")}>
          {({ fields }) => <Inputs {...props} fields={fields} />}
        </For>
      </div>
      <For each={general().filter(({ id }) => id === "agents")}>
        {({ fields }) => (
          <For each={agents()}>
            {(agent) => (
              <section class="flex flex-col gap-3" aria-label={t("forms.agent", { id: agent })}>
                <h3 class="font-medium">{t("forms.agent", { id: agent })}</h3>
                <div class="grid gap-4 sm:grid-cols-3">
                  <Inputs {...props} fields={fieldsOfAgent(fields, agent)} />
                </div>
              </section>
            )}
          </For>
        )}
      </For>
    </section>
  );
}

function Inputs(props: { form: FormText; issueAt: IssueAt; fields: ConfigForm["fields"] }) {
  return (
    <For each={props.fields}>
      {(field) => <FormInput field={field} form={props.form} issueAt={props.issueAt} />}
    </For>
  );
}
