import { createEffect, Show } from "solid-js";
import { FailureNotice } from "../api/failure-notice.tsx";
import type { LogPane } from "./create-log-pane.ts";
import type { LogStream } from "./create-log-stream.ts";
import { LogFrame } from "./log-frame.tsx";
import type { RowLook } from "./log-row.tsx";
import { OlderMark } from "./older-mark.tsx";

/** The lines of one or several logs; loads older ones as the user scrolls up. */
export function LogBody(props: {
  label: string;
  log: LogStream;
  pane: LogPane;
  nameOf?: RowLook["nameOf"];
}) {
  createEffect(() => {
    const { window, filter } = props.pane;
    if (!window.atBeginning() || props.log.older.state() !== "more") return;
    // A strict filter would load the whole log to fill the window: load only when the user scrolls.
    if (filter.level() === "all" || !window.following()) void props.log.older.load();
  });
  const hasLines = () => props.log.version() >= 0 && props.log.ring.length > 0;
  return (
    <>
      <Show when={props.log.error()}>{(error) => <FailureNotice error={error()} />}</Show>
      <LogFrame
        label={props.label}
        pane={props.pane}
        started={props.log.started()}
        header={
          <Show when={hasLines()}>
            <OlderMark older={props.log.older} />
          </Show>
        }
        nameOf={props.nameOf}
      />
    </>
  );
}
