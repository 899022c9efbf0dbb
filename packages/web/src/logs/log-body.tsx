import { createEffect, Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import type { LogPane } from "./create-log-pane.ts";
import type { LogStream } from "./create-log-stream.ts";
import { LogFrame } from "./log-frame.tsx";
import { OlderMark } from "./older-mark.tsx";

/** The lines of one instance, with older ones as somebody scrolls up to them. */
export function LogBody(props: { instance: Instance; stream: LogStream; pane: LogPane }) {
  createEffect(() => {
    const { window, filter } = props.pane;
    if (!window.atBeginning() || props.stream.older.state() !== "more") return;
    // A choice of few lines would read the whole log to fill the window: only a reader asks then.
    if (filter.level() === "all" || !window.following()) void props.stream.older.load();
  });
  const hasLines = () => props.stream.version() >= 0 && props.stream.ring.length > 0;
  return (
    <>
      <Show when={props.stream.error()}>{(error) => <FailureNotice error={error()} />}</Show>
      <LogFrame
        label={t("logs.label", { name: props.instance.name })}
        pane={props.pane}
        started={props.stream.started()}
        header={
          <Show when={hasLines()}>
            <OlderMark older={props.stream.older} />
          </Show>
        }
      />
    </>
  );
}
