import { Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { createQuery } from "../api/create-query.ts";
import { t } from "../i18n/i18n.ts";
import { Select } from "../ui/select.tsx";

/** Chooses the template of a new instance's configuration, once there is more than one. */
export function TemplateSelect(props: {
  /** Empty: the default one. */
  value: string;
  onChange: (id: string) => void;
}) {
  const { templates } = useApi().trpc;
  const query = createQuery((signal) => templates.list.query(undefined, { signal }));
  const options = () =>
    (query.data() ?? []).map(({ id, name, isDefault }) => ({
      value: isDefault ? "" : id,
      label: isDefault ? t("create.template.default", { name }) : name,
    }));
  return (
    <Show when={options().length > 1}>
      <Select
        label={t("create.template")}
        value={props.value}
        onChange={props.onChange}
        options={options()}
      />
    </Show>
  );
}
