import { Show } from "solid-js";
import { t } from "../../i18n/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { copyText } from "../../ui/copy-button.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { takeLostFocus } from "../../ui/take-lost-focus.ts";
import { showToast } from "../../ui/toast.tsx";
import type { ClosingGuard } from "./create-closing-guard.ts";
import type { InvitingState } from "./create-inviting.ts";
import { invitationsCsv, invitationsText } from "./invitation-list.ts";

/** Buttons during the invitations, after them, and before their links are lost. */
export function InvitingButtons(props: {
  inviting: InvitingState;
  guard: ClosingGuard;
  onRun: (state: "failed" | "skipped") => void;
  /** All links there are have been copied or saved. */
  onKept: () => void;
}) {
  return (
    <Show
      when={!props.guard.asking()}
      fallback={
        <>
          <Button variant="danger" onClick={props.guard.leave}>
            {t("inviteMany.close.confirm")}
          </Button>
          <Button ref={takeLostFocus} onClick={props.guard.stay}>
            {t("inviteMany.close.stay")}
          </Button>
        </>
      }
    >
      <Show
        when={!props.inviting.running()}
        fallback={
          <>
            <Show when={props.inviting.counts().waiting > 0}>
              <Button busy={props.inviting.stopping()} onClick={props.inviting.stop}>
                {t("batch.cancel", { count: props.inviting.counts().waiting })}
              </Button>
            </Show>
            <Button ref={takeLostFocus} onClick={props.guard.close}>
              {t("action.close")}
            </Button>
          </>
        }
      >
        <Ended {...props} />
      </Show>
    </Show>
  );
}

function Ended(props: Parameters<typeof InvitingButtons>[0]) {
  const counts = () => props.inviting.counts();
  const invited = () => props.inviting.invited();
  const copy = async () => {
    if (!(await copyText(invitationsText(invited())))) {
      showToast({ kind: "info", title: t("inviteMany.copy.denied") });
      return;
    }
    props.onKept();
    showToast({ kind: "success", title: t("action.copied") });
  };
  const save = () => {
    const day = new Date().toISOString().slice(0, 10);
    const file = new Blob([invitationsCsv(invited())], { type: "text/csv" });
    saveFile(file, `claw-invitations-${day}.csv`);
    props.onKept();
  };
  return (
    <>
      <Show when={counts().skipped > 0}>
        <Button onClick={() => props.onRun("skipped")}>
          {t("batch.goOn", { count: counts().skipped })}
        </Button>
      </Show>
      <Show when={counts().failed > 0}>
        <Button icon="restart" onClick={() => props.onRun("failed")}>
          {t("batch.retry", { count: counts().failed })}
        </Button>
      </Show>
      <Show when={invited().length > 0}>
        <Button icon="file" onClick={save}>
          {t("inviteMany.csv")}
        </Button>
        <Button icon="copy" variant="primary" onClick={() => void copy()}>
          {t("inviteMany.copyAll")}
        </Button>
      </Show>
      <Button ref={takeLostFocus} onClick={props.guard.close}>
        {t("action.done")}
      </Button>
    </>
  );
}
