import { createMemo, For, Match, Show, Switch } from "solid-js";
import { formatExact } from "../i18n/format.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import type { LogEntry } from "./log-ring.ts";
import { type LogLevel, localTime, parseLogText, splitMatches } from "./log-text.ts";

const TONES: Record<LogLevel, string> = {
  trace: "text-text-3",
  debug: "text-text-3",
  info: "text-busy",
  warn: "text-unknown",
  error: "text-error",
  fatal: "text-error",
};

const STREAMS: Record<"stdout" | "stderr", PlainKey> = {
  stdout: "logs.stdout",
  stderr: "logs.stderr",
};

type Line = Extract<LogEntry, { kind: "line" }>;
type Skipped = Extract<LogEntry, { kind: "skipped" }>;

/** One entry, always one row high. */
export function LogRow(props: {
  entry: LogEntry | undefined;
  query: string;
  current: number | undefined;
}) {
  const line = () => (props.entry?.kind === "line" ? props.entry : undefined);
  const skipped = () => (props.entry?.kind === "skipped" ? props.entry : undefined);
  return (
    <Switch fallback={<div class="h-[19px]" />}>
      <Match when={line()}>
        {(entry) => (
          <LineRow entry={entry()} query={props.query} current={props.current === entry().number} />
        )}
      </Match>
      <Match when={skipped()}>{(entry) => <SkippedRow entry={entry()} />}</Match>
    </Switch>
  );
}

function LineRow(props: { entry: Line; query: string; current: boolean }) {
  const parts = createMemo(() => parseLogText(props.entry.text));
  const pieces = createMemo(() => splitMatches(parts().message, props.query));
  return (
    <div
      data-stream={props.entry.stream}
      class={`flex h-[19px] gap-3 border-l-2 px-3 whitespace-pre hover:bg-hover ${props.entry.stream === "stderr" ? "border-l-error" : "border-l-transparent"}`}
    >
      <time
        datetime={props.entry.ts}
        data-tip={`${formatExact(props.entry.ts)} · ${t(STREAMS[props.entry.stream])}`}
        class="tabular text-text-3"
      >
        {localTime(props.entry.ts)}
      </time>
      <Show when={parts().level}>
        {(level) => <span class={`w-10 ${TONES[level()]}`}>{level()}</span>}
      </Show>
      <span>
        <Show when={parts().subsystem}>
          {(subsystem) => <span class="text-text-3">{`${subsystem()}  `}</span>}
        </Show>
        <Show when={pieces().length > 1} fallback={parts().message}>
          <For each={pieces()}>
            {(piece, index) =>
              index() % 2 === 0 ? (
                piece
              ) : (
                <mark class={props.current ? "bg-mark-current text-text" : "bg-mark text-text"}>
                  {piece}
                </mark>
              )
            }
          </For>
        </Show>
      </span>
    </div>
  );
}

function SkippedRow(props: { entry: Skipped }) {
  return (
    <div class="sticky left-0 flex h-[19px] w-full items-center gap-3 px-3 text-unknown">
      <span class="h-px flex-1 bg-current opacity-40" />
      {t("logs.skipped", { count: props.entry.count })}
      <span class="h-px flex-1 bg-current opacity-40" />
    </div>
  );
}
