import type { Issue } from "@claw/core/errors";
import { createEffect, createSignal, on, onCleanup, onMount, Show } from "solid-js";
import { createEditor, type Editor } from "../config/editor.ts";
import { editorPhrases } from "../config/editor-phrases.ts";
import { formatEditor } from "../config/format-editor.ts";
import { issueWords } from "../config/issue-words.ts";
import { ProblemList } from "../config/problem-list.tsx";
import { language, t } from "../i18n/i18n.ts";
import type { RolloutState } from "./create-rollout.ts";

/** The change, as JSON5, and the problems of its syntax. */
export function PatchEditor(props: { rollout: RolloutState; onLook: () => void }) {
  const [issues, setIssues] = createSignal<readonly Issue[]>([]);
  let parent: HTMLDivElement | undefined;
  let editor: Editor | undefined;
  const mount = () => {
    if (!parent) return;
    editor?.destroy();
    editor = createEditor({
      parent,
      label: t("rollout.change"),
      phrases: editorPhrases(),
      text: props.rollout.text(),
      onEdit: props.rollout.setText,
      onSave: props.onLook,
      onFormat: () => void (editor && formatEditor(editor)),
      onIssues: setIssues,
      onDifferences: () => {},
      onWrongKeys: () => {},
      panelIssues: () => [],
      // What it makes of each configuration is checked in the preview.
      validate: async () => [],
      words: issueWords,
    });
  };
  onMount(() => {
    mount();
    editor?.focus();
  });
  onCleanup(() => editor?.destroy());
  createEffect(on(language, mount, { defer: true }));
  return (
    <div class="flex flex-col gap-1">
      <span class="text-sm font-medium">{t("rollout.change")}</span>
      <div class="overflow-hidden rounded-md border border-line-2">
        <div ref={parent} class="h-[min(36vh,18rem)]" />
        <Show when={issues().length > 0}>
          <ProblemList issues={issues()} onChoose={(issue) => editor?.goTo(issue)} />
        </Show>
      </div>
      <p class="text-xs text-text-3">{t("rollout.change.hint")}</p>
    </div>
  );
}
