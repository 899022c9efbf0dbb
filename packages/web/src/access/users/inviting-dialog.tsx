import type { Invitation } from "@claw/core/access/user";
import { createSignal, onMount, Show } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import { BatchSummary } from "../../bulk/batch-summary.tsx";
import { formatExact } from "../../i18n/format.ts";
import { t } from "../../i18n/i18n.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { OnlyHere } from "../../ui/only-here.tsx";
import { Progress } from "../../ui/progress.tsx";
import { createClosingGuard } from "./create-closing-guard.ts";
import { createInviting, type InvitingState } from "./create-inviting.ts";
import { InvitingButtons } from "./inviting-buttons.tsx";
import { InvitingTable } from "./inviting-table.tsx";

/** Invites one after another; ends with the links, which nobody can see again. */
export function InvitingDialog(props: {
  invitations: readonly Invitation[];
  /** The list of users has changed. */
  onInvited: () => void;
  onClose: () => void;
}) {
  const { users } = useApi().trpc;
  const inviting = createInviting(
    (invitation) => users.invite.mutate(invitation),
    props.invitations,
  );
  /** How many links have been copied or saved. */
  const [kept, setKept] = createSignal(0);
  const unkept = () => inviting.invited().length - kept();
  const guard = createClosingGuard(
    () => inviting.running() || unkept() > 0,
    () => props.onClose(),
  );
  const run = async (state: Parameters<InvitingState["run"]>[0]) => {
    await inviting.run(state);
    props.onInvited();
  };
  onMount(() => void run("waiting"));
  const total = () => props.invitations.length;
  const title = () => t("inviteMany.progress", { count: total() });
  const settled = () => total() - inviting.counts().waiting - inviting.counts().running;
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => open || guard.close()}
      title={title()}
      footer={
        <InvitingButtons
          inviting={inviting}
          guard={guard}
          onRun={(state) => void run(state)}
          onKept={() => setKept(inviting.invited().length)}
        />
      }
    >
      <div class="flex flex-col gap-3 pt-1">
        <Progress
          label={title()}
          value={settled() / total()}
          failed={inviting.counts().failed > 0}
        />
        <p role="status" class="tabular text-text-2">
          <Summary inviting={inviting} total={total()} />
        </p>
        <Show when={guard.asking()}>
          <Notice tone="warning" title={t("inviteMany.close.title")}>
            <Show when={inviting.running()}>{t("inviteMany.close.running")} </Show>
            <Show when={unkept() > 0}>{t("inviteMany.close.links", { count: unkept() })}</Show>
          </Notice>
        </Show>
        <InvitingTable inviting={inviting} />
        <Show when={inviting.invited()[0]?.link}>
          {(link) => (
            <div class="flex flex-col gap-1">
              <p class="text-sm text-text-2">
                {t("inviteMany.links", { time: formatExact(link().expiresAt) })}
              </p>
              <OnlyHere url={link().url} />
            </div>
          )}
        </Show>
      </div>
    </Dialog>
  );
}

function Summary(props: { inviting: InvitingState; total: number }) {
  const counts = () => props.inviting.counts();
  return (
    <BatchSummary
      done={t("inviteMany.summary", { done: counts().done, total: props.total })}
      counts={counts()}
      skipped={(count) => t("inviteMany.summary.skipped", { count })}
    />
  );
}
