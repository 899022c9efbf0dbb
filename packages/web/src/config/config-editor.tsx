import type { Issue } from "@claw/core/errors";
import { createEffect, createSignal, For, on, onCleanup, onMount, Show } from "solid-js";
import { language, t } from "../i18n/i18n.ts";
import { Icon } from "../ui/icon.tsx";
import type { ConfigState } from "./create-config.ts";
import { createEditor, type Editor } from "./editor.ts";
import { editorPhrases } from "./editor-phrases.ts";
import { issueWords } from "./issue-words.ts";

/** The text and, under it, what is wrong with it. The default export, for it is loaded late. */
export default function ConfigEditor(props: { config: ConfigState; name: string }) {
  const [issues, setIssues] = createSignal<readonly Issue[]>([]);
  let parent: HTMLDivElement | undefined;
  let editor: Editor | undefined;

  const mount = () => {
    if (!parent) return;
    editor?.destroy();
    editor = createEditor({
      parent,
      label: t("config.label", { name: props.name }),
      phrases: editorPhrases(),
      text: props.config.text(),
      onEdit: (text) => {
        if (text !== props.config.text()) props.config.edit(text);
      },
      onSave: () => void props.config.save(),
      onIssues: setIssues,
      panelIssues: props.config.issues,
      words: issueWords,
    });
  };
  onMount(mount);
  onCleanup(() => editor?.destroy());
  createEffect(on(language, mount, { defer: true }));
  createEffect(
    on(props.config.resets, () => editor?.setText(props.config.text()), { defer: true }),
  );
  createEffect(
    on(
      props.config.issues,
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
        <ul
          aria-label={t("config.problems")}
          class="max-h-32 shrink-0 overflow-y-auto border-t p-1"
        >
          <For each={issues()}>
            {(issue) => (
              <li>
                <button
                  type="button"
                  onClick={() => editor?.goTo(issue)}
                  class="flex w-full items-start gap-2 rounded-md px-2 py-1 text-left text-sm -outline-offset-2 hover:bg-hover"
                >
                  <Icon name="alert" class="mt-0.5 text-error" />
                  <span class="text-text-3 tabular whitespace-nowrap">
                    {t("config.place", { line: issue.line, column: issue.column })}
                  </span>
                  <span class="min-w-0 wrap-anywhere">{issueWords(issue)}</span>
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  );
}
