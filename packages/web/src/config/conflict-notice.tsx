import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import type { ConfigState } from "./create-config.ts";
import { discard } from "./discard.ts";

/**
 * Another user, or OpenClaw itself, stored another text. The editor shows both; here the user takes
 * one as a whole, or the merged text.
 */
export function ConflictNotice(props: { config: ConfigState }) {
  return (
    <Notice
      tone="warning"
      title={t("conflict.title")}
      actions={
        <>
          <Button small onClick={() => discard(props.config, t("config.takenTheirs"))}>
            {t("conflict.theirs")}
          </Button>
          <Button small onClick={props.config.keepMine}>
            <Show when={props.config.merged()} fallback={t("conflict.mine")}>
              {t("conflict.merged")}
            </Show>
          </Button>
        </>
      }
    >
      <p>{t("conflict.text")}</p>
      <p>{t("conflict.legend")}</p>
    </Notice>
  );
}
