import { Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Segments } from "../ui/segments.tsx";

const FILE = "openclaw.json";
const HELP_KEY = "F1";
const FORMAT_KEYS = "Shift-Alt-F";

/** The text, or the form that edits it. */
export type EditorShows = "text" | "form";

/** The toolbar above the editor. */
export function EditorTools(props: {
  shows: EditorShows;
  onShow: (view: EditorShows) => void;
  onUndo: () => void;
  onRedo: () => void;
  /** Number of places where the text differs from theirs; null without a conflict. */
  differences: number | null;
  formatting: boolean;
  onHistory: () => void;
  onFind: () => void;
  onHelp: () => void;
  onFormat: () => void;
  onPrevious: () => void;
  onNext: () => void;
}) {
  return (
    <div
      role="toolbar"
      aria-label={t("editor.tools")}
      class="flex min-h-10 shrink-0 flex-wrap items-center gap-1 border-b px-2 py-1"
    >
      <Show
        when={props.differences !== null}
        fallback={<span class="px-1 font-mono text-sm text-text-3 max-sm:hidden">{FILE}</span>}
      >
        <span role="status" class="px-1 text-sm font-medium tabular">
          {props.differences === 0
            ? t("conflict.none")
            : t("conflict.count", { count: props.differences ?? 0 })}
        </span>
        <IconButton
          icon="arrowUp"
          label={t("conflict.previous")}
          disabled={props.differences === 0}
          onClick={props.onPrevious}
        />
        <IconButton
          icon="arrowDown"
          label={t("conflict.next")}
          disabled={props.differences === 0}
          onClick={props.onNext}
        />
      </Show>
      <Segments
        label={t("editor.view")}
        value={props.shows}
        onChange={props.onShow}
        options={[
          { value: "form", label: t("editor.view.form") },
          { value: "text", label: t("editor.view.text") },
        ]}
      />
      <div class="ml-auto flex flex-wrap items-center justify-end gap-1 max-sm:[&_button:not([aria-busy])>svg:first-child]:hidden">
        <Button small variant="ghost" icon="audit" onClick={props.onHistory}>
          {t("history.title")}
        </Button>
        <Show when={props.shows === "text"} fallback={<HistoryButtons {...props} />}>
          <TextButtons {...props} />
        </Show>
      </div>
    </div>
  );
}

function HistoryButtons(props: { onUndo: () => void; onRedo: () => void }) {
  return (
    <>
      <Button small variant="ghost" onClick={props.onUndo}>
        {t("editor.undo")}
      </Button>
      <Button small variant="ghost" onClick={props.onRedo}>
        {t("editor.redo")}
      </Button>
    </>
  );
}

function TextButtons(props: {
  formatting: boolean;
  onFind: () => void;
  onHelp: () => void;
  onFormat: () => void;
}) {
  return (
    <>
      <Button
        small
        variant="ghost"
        icon="search"
        aria-keyshortcuts="Control+F"
        onClick={props.onFind}
      >
        {t("editor.findReplace")}
      </Button>
      <Button
        small
        variant="ghost"
        icon="info"
        aria-keyshortcuts="F1"
        data-tip={HELP_KEY}
        onClick={props.onHelp}
      >
        {t("editor.help")}
      </Button>
      <Button
        small
        variant="ghost"
        busy={props.formatting}
        aria-keyshortcuts="Shift+Alt+F"
        data-tip={FORMAT_KEYS}
        onClick={props.onFormat}
      >
        {t("format.button")}
      </Button>
    </>
  );
}
