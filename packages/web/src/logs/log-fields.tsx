import { createMemo } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Icon } from "../ui/icon.tsx";
import type { LogFields } from "./log-text.ts";
import { Marked } from "./marked.tsx";
import type { Matcher } from "./matcher.ts";

/** Shows and hides a line's other fields. */
export function FieldsButton(props: { open: boolean; found: boolean; onToggle: () => void }) {
  return (
    <button
      type="button"
      aria-label={t("logs.fields")}
      aria-expanded={props.open}
      onClick={() => props.onToggle()}
      class={`mr-1 -ml-1 inline-flex size-[19px] items-center justify-center rounded-sm align-top text-text-3 -outline-offset-2 hover:bg-line hover:text-text ${props.found ? "bg-mark text-text" : ""}`}
    >
      <Icon name={props.open ? "chevronDown" : "chevronRight"} class="size-3.5" />
    </button>
  );
}

/** One row per line of its text: each is as high as a log line. */
export function FieldsBlock(props: {
  fields: LogFields;
  wrap: boolean;
  matcher: Matcher | null;
  current: boolean;
}) {
  const text = createMemo(() => JSON.stringify(props.fields, null, 2));
  return (
    <pre
      class={`bg-sunken pr-3 pl-9 font-[inherit] text-text-2 ${props.wrap ? "whitespace-pre-wrap wrap-anywhere" : ""}`}
    >
      <Marked text={text()} matcher={props.matcher} current={props.current} />
    </pre>
  );
}
