import { createMemo, Match, Show, Switch } from "solid-js";
import { formatExact } from "../i18n/format.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import type { LogFolds } from "./create-log-folds.ts";
import { EDGES, TONES } from "./level-tones.ts";
import { FieldsBlock, FieldsButton } from "./log-fields.tsx";
import type { LogEntry } from "./log-ring.ts";
import { localTime, parseLogText } from "./log-text.ts";
import { Marked } from "./marked.tsx";
import type { Matcher } from "./matcher.ts";

const STREAMS: Record<"stdout" | "stderr", PlainKey> = {
  stdout: "logs.stdout",
  stderr: "logs.stderr",
};

/** Display options of rows. */
export interface RowLook {
  wrap: boolean;
  times: boolean;
  matcher: Matcher | null;
  /** In a merged log: the name of a line's instance, and its colour. */
  nameOf?: ((source: string) => { name: string; tone: string }) | undefined;
}

type Line = Extract<LogEntry, { kind: "line" }>;
type Skipped = Extract<LogEntry, { kind: "skipped" }>;

interface RowProps {
  look: RowLook;
  folds: Pick<LogFolds, "isOpen">;
  /** Shows or hides a line's fields. */
  onFold: (number: number) => void;
}

/** One entry, one row high unless lines are wrapped or its fields are shown. */
export function LogRow(
  props: RowProps & { entry: LogEntry | undefined; current: number | undefined },
) {
  const line = () => (props.entry?.kind === "line" ? props.entry : undefined);
  const skipped = () => (props.entry?.kind === "skipped" ? props.entry : undefined);
  return (
    <Switch fallback={<div class="h-[19px]" />}>
      <Match when={line()}>
        {(entry) => (
          <LineRow {...props} entry={entry()} current={props.current === entry().number} />
        )}
      </Match>
      <Match when={skipped()}>{(entry) => <SkippedRow entry={entry()} />}</Match>
    </Switch>
  );
}

function LineRow(props: RowProps & { entry: Line; current: boolean }) {
  const parts = createMemo(() => parseLogText(props.entry.text));
  const open = () => props.folds.isOpen(props.entry.number);
  /** Only the fields match the query. */
  const isFoundInside = () =>
    props.look.matcher?.test(props.entry.text) === true &&
    !props.look.matcher.test(parts().message);
  return (
    <div
      data-stream={props.entry.stream}
      class={`border-l-2 ${EDGES[parts().level ?? "info"] ?? "border-l-transparent"}`}
    >
      <div
        class={`flex gap-3 px-3 hover:bg-hover ${props.look.wrap ? "min-h-[19px] whitespace-pre-wrap" : "h-[19px] whitespace-pre"}`}
      >
        <Show when={props.look.times}>
          <time
            datetime={props.entry.ts}
            data-tip={`${formatExact(props.entry.ts)} · ${t(STREAMS[props.entry.stream])}`}
            class="shrink-0 tabular text-text-3"
          >
            {localTime(props.entry.ts)}
          </time>
        </Show>
        <Show when={props.entry.source !== undefined && props.look.nameOf?.(props.entry.source)}>
          {(source) => (
            <span data-tip={source().name} class={`w-20 shrink-0 truncate ${source().tone}`}>
              {source().name}
            </span>
          )}
        </Show>
        {/* The same width with and without a level, so that messages align. */}
        <span class="w-12 shrink-0">
          <Show
            when={parts().level}
            fallback={
              <Show when={props.entry.stream === "stderr"}>
                <span data-tip={t("logs.stderr")} class="text-text-3">
                  {props.entry.stream}
                </span>
              </Show>
            }
          >
            {(level) => <span class={`uppercase ${TONES[level()]}`}>{level()}</span>}
          </Show>
        </span>
        <span
          data-tip={parts().subsystem ?? undefined}
          class="w-28 shrink-0 truncate text-text-3 max-[700px]:w-16"
        >
          {parts().subsystem}
        </span>
        <span class={props.look.wrap ? "min-w-0 flex-1 wrap-anywhere" : ""}>
          <Show when={parts().fields}>
            <FieldsButton
              open={open()}
              found={isFoundInside()}
              onToggle={() => props.onFold(props.entry.number)}
            />
          </Show>
          <Marked text={parts().message} matcher={props.look.matcher} current={props.current} />
        </span>
      </div>
      <Show when={open() && parts().fields}>
        {(fields) => (
          <FieldsBlock
            fields={fields()}
            wrap={props.look.wrap}
            matcher={props.look.matcher}
            current={props.current}
          />
        )}
      </Show>
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
