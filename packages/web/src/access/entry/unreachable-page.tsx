import { onCleanup } from "solid-js";
import { createCall } from "../../api/create-call.ts";
import { t } from "../../i18n/i18n.ts";
import { useSession } from "../../session/session-context.tsx";
import { Button } from "../../ui/button.tsx";
import { EntryPage } from "./entry-page.tsx";

const RETRY_MS = 3000;

/** The panel does not answer; retries until it does. */
export function UnreachablePage() {
  const session = useSession();
  const call = createCall(() => session.ask());
  const timer = setInterval(() => void call.run(undefined), RETRY_MS);
  onCleanup(() => clearInterval(timer));
  return (
    <EntryPage title={t("error.connection")} text={t("error.connection.fix")}>
      <Button busy={call.busy()} onClick={() => void call.run(undefined)}>
        {t("action.retry")}
      </Button>
    </EntryPage>
  );
}
