import { Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { createQuery } from "../api/create-query.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { PickField } from "../ui/pick-field.tsx";

/** Stands for no owner: no user name begins like this. */
const NOBODY = "-";

/** Selects a user or none; needs permission to see users. */
export function OwnerSelect(props: {
  value: string | null;
  onChange: (username: string | null) => void;
}) {
  const { users } = useApi().trpc;
  const query = createQuery((signal) => users.list.query(undefined, { signal }));
  const options = () => {
    const known = (query.data() ?? []).map(({ username, displayName }) => ({
      value: username,
      label: displayName,
      ...(username === displayName ? {} : { hint: username }),
    }));
    // Shows the selection before the list has arrived.
    const missing = known.every(({ value }) => value !== props.value) ? props.value : null;
    return [
      { value: NOBODY, label: t("owner.none") },
      ...(missing === null ? [] : [{ value: missing, label: missing }]),
      ...known,
    ];
  };
  return (
    <>
      <PickField
        label={t("owner.label")}
        value={props.value ?? NOBODY}
        onChange={(value) => props.onChange(value === NOBODY ? null : value)}
        options={options()}
      />
      <Show when={query.error()}>{(error) => <FailureNotice error={error()} />}</Show>
    </>
  );
}
