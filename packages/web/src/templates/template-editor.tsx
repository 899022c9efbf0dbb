import type { Issue } from "@claw/core/errors";
import { createEffect, createSignal, on, onCleanup, onMount, Show } from "solid-js";
import { createEditor, type Editor } from "../config/editor.ts";
import { editorPhrases } from "../config/editor-phrases.ts";
import { formatEditor } from "../config/format-editor.ts";
import { issueWords } from "../config/issue-words.ts";
import { ProblemList } from "../config/problem-list.tsx";
import { language, t } from "../i18n/i18n.ts";
import type { TemplateEdit } from "./create-template-edit.ts";

/** The text of a template and, under it, its problems. Loaded on demand: CodeMirror is large. */
export function TemplateEditor(props: { edit: TemplateEdit }) {
  const [issues, setIssues] = createSignal<readonly Issue[]>([]);
  let parent: HTMLDivElement | undefined;
  let editor: Editor | undefined;

  const mount = () => {
    if (!parent) return;
    editor?.destroy();
    editor = createEditor({
      parent,
      label: t("templates.editor", { name: props.edit.name() }),
      phrases: editorPhrases(),
      text: props.edit.text(),
      onEdit: props.edit.edit,
      onSave: () => void props.edit.save(),
      onFormat: () => editor && void formatEditor(editor),
      onIssues: setIssues,
      onDifferences: () => {},
      onWrongKeys: () => {},
      panelIssues: props.edit.issues,
      // The panel checks a template when it is saved.
      validate: async () => [],
      words: issueWords,
    });
  };
  onMount(mount);
  onCleanup(() => editor?.destroy());
  createEffect(on(language, mount, { defer: true }));
  createEffect(
    on(
      props.edit.issues,
      (found) => {
        editor?.recheck();
        if (found[0]) editor?.goTo(found[0]);
      },
      { defer: true },
    ),
  );
  return (
    <>
      <div ref={parent} class="min-h-0 flex-1 overflow-hidden" />
      <Show when={issues().length > 0}>
        <ProblemList issues={issues()} onChoose={(issue) => editor?.goTo(issue)} />
      </Show>
    </>
  );
}
