import type { Issue } from "@claw/core/errors";
import { createEffect, createSignal, on, onCleanup, onMount, Show } from "solid-js";
import type { Instance } from "../api/client.ts";
import { language, t } from "../i18n/i18n.ts";
import type { ConfigState } from "./create-config.ts";
import { createKeyGuide } from "./create-key-guide.ts";
import { EditedForm } from "./edited-form.tsx";
import { createEditor, type Editor } from "./editor.ts";
import { editorPhrases } from "./editor-phrases.ts";
import { type EditorShows, EditorTools } from "./editor-tools.tsx";
import { formatEditor } from "./format-editor.ts";
import { issueWords } from "./issue-words.ts";
import { ManagedLine } from "./managed-line.tsx";
import { nameOf } from "./managed-words.ts";
import { countChanges } from "./merge.ts";
import { ProblemList } from "./problem-list.tsx";

interface ConfigEditorProps {
  config: ConfigState;
  instance: Instance;
  onHistory: () => void;
  /** Number of places where the text differs from the file. */
  onChanges: (count: number) => void;
}

/** The text, or the form that edits it, and under it its problems. The default export, for lazy loading. */
export function ConfigEditor(props: ConfigEditorProps) {
  const [issues, setIssues] = createSignal<readonly Issue[]>([]);
  const [differences, setDifferences] = createSignal<number | null>(null);
  const [shows, setShows] = createSignal<EditorShows>("text");
  const [formatting, setFormatting] = createSignal(false);
  const [wrongKeys, setWrongKeys] = createSignal<readonly string[]>([]);
  const guide = createKeyGuide(props.config);
  let parent: HTMLDivElement | undefined;
  let editor: Editor | undefined;

  const format = async () => {
    if (!editor || formatting()) return;
    setFormatting(true);
    await formatEditor(editor);
    setFormatting(false);
  };
  const compare = () => {
    const theirs = props.config.theirs();
    if (theirs) setShows("text");
    editor?.compareWith(theirs?.text ?? null, {
      theirs: t("conflict.theirsHere"),
      mine: t("conflict.mineHere"),
    });
  };
  const mount = () => {
    if (!parent) return;
    editor?.destroy();
    setDifferences(null);
    editor = createEditor({
      parent,
      label: t("config.label", { name: props.instance.name }),
      phrases: editorPhrases(),
      text: props.config.text(),
      onEdit: props.config.edit,
      onSave: () => void props.config.save(),
      onFormat: () => void format(),
      onIssues: setIssues,
      onDifferences: setDifferences,
      onWrongKeys: (keys) => setWrongKeys(keys.map(nameOf)),
      panelIssues: props.config.issues,
      validate: props.config.validate,
      words: issueWords,
    });
    editor.setGuide(guide());
    if (props.config.theirs()) compare();
  };
  onMount(mount);
  onCleanup(() => editor?.destroy());
  createEffect(on(language, mount, { defer: true }));
  createEffect(
    on(props.config.resets, () => editor?.setText(props.config.text()), { defer: true }),
  );
  createEffect(
    on(
      props.config.corrections,
      () =>
        editor?.changeTo(props.config.text(), {
          announcement: t("managed.done"),
          userEvent: "format",
        }),
      {
        defer: true,
      },
    ),
  );
  createEffect(
    on(
      props.config.placements,
      () => editor?.changeTo(props.config.text(), { userEvent: "input.type" }),
      { defer: true },
    ),
  );
  createEffect(on(guide, (known) => editor?.setGuide(known), { defer: true }));
  createEffect(on(props.config.theirs, compare, { defer: true }));
  createEffect(() =>
    props.onChanges(countChanges(props.config.stored()?.text ?? "", props.config.text())),
  );
  createEffect(
    on(
      props.config.issues,
      (found) => {
        editor?.recheck();
        if (found[0] && shows() === "text") editor?.goTo(found[0]);
      },
      { defer: true },
    ),
  );
  const goTo = (issue: Issue) => {
    setShows("text");
    editor?.goTo(issue);
  };
  return (
    <>
      <EditorTools
        shows={shows()}
        onShow={setShows}
        onUndo={() => editor?.undo()}
        onRedo={() => editor?.redo()}
        differences={differences()}
        formatting={formatting()}
        onHistory={props.onHistory}
        onFind={() => editor?.openSearch()}
        onHelp={() => editor?.toggleHelp()}
        onFormat={() => void format()}
        onPrevious={() => editor?.previousDifference()}
        onNext={() => editor?.nextDifference()}
      />
      {/* It stays: it has the history of both. */}
      <div
        ref={parent}
        class="min-h-0 flex-1 overflow-hidden"
        classList={{ hidden: shows() === "form" }}
      />
      <Show when={shows() === "form"}>
        <EditedForm config={props.config} instance={props.instance} issues={issues()} />
      </Show>
      <ManagedLine
        wrong={wrongKeys()}
        corrected={props.config.managed.corrected()}
        failure={props.config.managed.failure()}
        onPutRight={props.config.correct}
      />
      <Show when={issues().length > 0}>
        <ProblemList issues={issues()} onChoose={goTo} />
      </Show>
    </>
  );
}
