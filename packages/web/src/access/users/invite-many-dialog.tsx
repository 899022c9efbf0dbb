import type { Invitation, User } from "@claw/core/access/user";
import { createMemo, createSignal, Show } from "solid-js";
import { createPastedLines } from "../../bulk/create-pasted-lines.ts";
import { PreviewTable } from "../../bulk/preview-table.tsx";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { t } from "../../i18n/i18n.ts";
import { useLive } from "../../live/live-context.tsx";
import { LinesField } from "../../ui/lines-field.tsx";
import { invitationOf, previewInvitations } from "./invitation-lines.ts";
import { InvitingDialog } from "./inviting-dialog.tsx";

/** Invites many from pasted lines, with errors per line before anybody is invited. */
export function InviteManyDialog(props: {
  users: readonly User[];
  onInvited: () => void;
  onClose: () => void;
}) {
  const [invitations, setInvitations] = createSignal<readonly Invitation[]>();
  return (
    <Show
      when={invitations()}
      fallback={
        <PasteDialog users={props.users} onSubmit={setInvitations} onClose={props.onClose} />
      }
    >
      {(all) => (
        <InvitingDialog invitations={all()} onInvited={props.onInvited} onClose={props.onClose} />
      )}
    </Show>
  );
}

function PasteDialog(props: {
  users: readonly User[];
  onSubmit: (invitations: readonly Invitation[]) => void;
  onClose: () => void;
}) {
  const live = useLive();
  const ids = createMemo(() => new Set(live.instances.list().map(({ id }) => id)), undefined, {
    equals: (a, b) => a.size === b.size && [...a].every((id) => b.has(id)),
  });
  const form = createPastedLines(() => {
    const [taken, users] = [ids(), props.users];
    return (text) => previewInvitations(text, taken, users);
  });
  const count = () => form.valid().length;
  return (
    <FormDialog
      wide
      title={t("inviteMany.title")}
      description={t("inviteMany.text")}
      submit={
        form.wrong() > 0
          ? t("inviteMany.submitSkipping", { count: count(), skipped: form.wrong() })
          : t("inviteMany.submit", { count: count() })
      }
      disabled={!form.ready()}
      onSubmit={() => form.ready() && props.onSubmit(form.valid().map(invitationOf))}
      onClose={props.onClose}
    >
      <LinesField
        label={t("inviteMany.lines")}
        value={form.text()}
        onInput={form.setText}
        placeholder={t("inviteMany.placeholder")}
        hint={t("inviteMany.hint")}
      />
      <Show when={form.lines().length > 0}>
        <PreviewTable
          lines={form.lines()}
          good={t("inviteMany.good", { count: count() })}
          owner={t("user.username")}
        />
      </Show>
    </FormDialog>
  );
}
