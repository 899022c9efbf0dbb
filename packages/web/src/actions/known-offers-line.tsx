import type { Reason } from "@claw/core/errors";
import { Show } from "solid-js";
import { explain } from "../api/api-error.ts";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import type { Initialisation } from "./create-initialisation.ts";

/** Tells why the image did not list its providers, with a button to ask it again. */
export function KnownOffersLine(props: { init: Initialisation }) {
  const why = ({ reason, message }: { reason: Reason; message: string }) => {
    const { what, detail } = explain(reason, message);
    return detail ?? what;
  };
  return (
    <Show when={props.init.offered.data()?.hindrance}>
      {(hindrance) => (
        <div class="flex flex-wrap items-center gap-2 text-sm wrap-anywhere text-text-2">
          <p class="min-w-0 flex-1 basis-72">{t("init.known", { why: why(hindrance()) })}</p>
          <Button
            small
            busy={props.init.offered.fetching()}
            onClick={() => void props.init.offered.refetch()}
          >
            {t("action.retry")}
          </Button>
        </div>
      )}
    </Show>
  );
}
