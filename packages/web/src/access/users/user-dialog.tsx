import type { Role } from "@claw/core/access/role";
import { type User, Username } from "@claw/core/access/user";
import { createSignal, Show } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import { createCall } from "../../api/create-call.ts";
import { createRefusals } from "../../api/create-refusals.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { t } from "../../i18n/i18n.ts";
import { ROLE_HINTS, ROLE_WORDS, ROLES } from "../../session/role-words.ts";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { TextField } from "../../ui/text-field.tsx";

/** Creates a user, or changes name or role. */
export function UserDialog(props: {
  user?: User;
  onSaved: (user: User) => void;
  onClose: () => void;
}) {
  const { users } = useApi().trpc;
  const [username, setUsername] = createSignal("");
  const [displayName, setDisplayName] = createSignal(props.user?.displayName ?? "");
  const [role, setRole] = createSignal<Role>(props.user?.role ?? "member");
  const isName = () => props.user !== undefined || Username.safeParse(username()).success;
  const refusals = createRefusals({ USER_EXISTS: "username" }, username);
  const call = createCall(async () => {
    const changed = { displayName: displayName().trim(), role: role() };
    props.onSaved(
      props.user
        ? await users.update.mutate({ username: props.user.username, ...changed })
        : await users.create.mutate({ username: username().trim(), ...changed }),
    );
  }, refusals);
  const ready = () => displayName().trim() !== "" && isName();
  const submit = () => {
    if (ready()) void call.run(undefined);
  };
  return (
    <FormDialog
      title={
        props.user ? t("users.edit.title", { name: props.user.displayName }) : t("users.create")
      }
      description={props.user ? undefined : t("users.create.text")}
      submit={props.user ? t("account.save") : t("action.create")}
      busy={call.busy()}
      disabled={!ready()}
      error={call.error()}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Show when={!props.user}>
        <TextField
          label={t("user.username")}
          value={username()}
          onInput={setUsername}
          error={
            refusals.of("username") ??
            (username() !== "" && !isName() ? t("user.username.hint") : undefined)
          }
          answered={refusals.of("username") !== undefined}
          hint={t("user.username.hint")}
          autofocus
          mono
        />
      </Show>
      <TextField
        label={t("account.displayName")}
        value={displayName()}
        onInput={setDisplayName}
        autofocus={props.user !== undefined}
      />
      <RadioGroup
        label={t("account.role")}
        value={role()}
        onChange={setRole}
        options={ROLES.map((value) => ({
          value,
          label: t(ROLE_WORDS[value]),
          hint: t(ROLE_HINTS[value]),
        }))}
      />
    </FormDialog>
  );
}
