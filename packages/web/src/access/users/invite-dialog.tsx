import type { Invitation, User } from "@claw/core/access/user";
import { createMemo, Show } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import type { Invited } from "../../api/client.ts";
import { createCall } from "../../api/create-call.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { t } from "../../i18n/i18n.ts";
import { useLive } from "../../live/live-context.tsx";
import { Switch } from "../../ui/switch.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { createInviteForm } from "./create-invite-form.ts";

/** Makes an account, its instance and a link in one step. */
export function InviteDialog(props: {
  users: readonly User[];
  onInvited: (name: string, link: Invited) => void;
  onClose: () => void;
}) {
  const { users } = useApi().trpc;
  const live = useLive();
  const names = createMemo(() => new Set(props.users.map(({ username }) => username)));
  const ids = createMemo(() => new Set(live.instances.list().map(({ id }) => id)));
  const form = createInviteForm({ username: names, id: ids });
  const call = createCall(async (invitation: Invitation) => {
    props.onInvited(invitation.displayName, await users.invite.mutate(invitation));
  }, form.refusals);
  const submit = () => {
    const invitation = form.submit();
    if (invitation) void call.run(invitation);
  };
  return (
    <FormDialog
      title={t("invite.dialog")}
      description={t("invite.dialog.text")}
      submit={t("invite.create")}
      busy={call.busy()}
      error={call.error()}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <TextField
        label={t("account.displayName")}
        value={form.fields.name}
        onInput={form.setName}
        error={form.error("name")}
        required
        autofocus
      />
      <TextField
        label={t("user.username")}
        value={form.fields.username}
        onInput={(value) => form.set("username", value)}
        error={form.error("username")}
        answered={form.refused("username")}
        hint={t("user.username.hint")}
        required
        mono
      />
      <Switch
        label={t("invite.instance")}
        checked={form.withInstance()}
        onChange={form.setWithInstance}
      />
      <Show when={form.withInstance()}>
        <TextField
          label={t("create.id")}
          value={form.fields.id}
          onInput={(value) => form.set("id", value)}
          error={form.error("id")}
          answered={form.refused("id")}
          hint={t("create.id.hint")}
          required
          mono
        />
      </Show>
    </FormDialog>
  );
}
