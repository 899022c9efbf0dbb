import { Match, Switch } from "solid-js";
import { explainError } from "../api/api-error.ts";
import { t } from "../i18n/i18n.ts";
import { LOG_LIMIT } from "./create-log-stream.ts";
import type { OlderLines } from "./create-older-lines.ts";

const BUTTON = "rounded-sm px-1 text-text-2 underline hover:text-text";

/** The state above the oldest line, in the one row reserved for it. */
export function OlderMark(props: { older: OlderLines }) {
  const load = () => void props.older.load();
  return (
    <p class="flex h-[19px] items-center gap-3 px-3.5 text-xs leading-[19px] whitespace-nowrap text-text-3">
      <Switch>
        <Match when={props.older.state() === "more"}>
          <button type="button" class={BUTTON} onClick={load}>
            {t("logs.older")}
          </button>
        </Match>
        <Match when={props.older.state() === "loading"}>
          <span role="status">{t("logs.older.loading")}</span>
        </Match>
        <Match when={props.older.state() === "failed"}>
          <span role="alert" class="text-error">
            {t("logs.older.failed", { why: explainError(props.older.error()).what })}
          </span>
          <button type="button" class={BUTTON} onClick={load}>
            {t("action.retry")}
          </button>
        </Match>
        <Match when={props.older.state() === "beginning"}>
          {t("logs.older.beginning")}
          <span aria-hidden="true" class="h-px flex-1 bg-line" />
        </Match>
        <Match when={props.older.state() === "full"}>
          {t("logs.older.full", { count: LOG_LIMIT })}
          <span aria-hidden="true" class="h-px flex-1 bg-line" />
        </Match>
      </Switch>
    </p>
  );
}
