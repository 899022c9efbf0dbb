import { foldLabels, labelProblem, MOST_TAGS } from "@claw/core/label-rules";
import { createSignal, createUniqueId, For, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Icon } from "../ui/icon.tsx";
import { INPUT } from "../ui/text-field.tsx";

/** Tags as chips; Enter, a comma or leaving the field adds the typed text. */
export function TagField(props: {
  label: string;
  tags: readonly string[];
  onChange: (tags: string[]) => void;
  suggestions: readonly string[];
}) {
  const [field, hint, list] = [createUniqueId(), createUniqueId(), createUniqueId()];
  const [draft, setDraft] = createSignal("");
  const [problem, setProblem] = createSignal<string>();
  const type = (text: string) => {
    setProblem(undefined);
    setDraft(text);
    const parts = text.split(/[,，]/);
    const rest = parts.pop() ?? "";
    if (add(parts)) setDraft(rest);
  };
  /** False: they stay in the field, with the error. */
  const add = (typed: readonly string[]): boolean => {
    const wanted = typed.map((text) => text.trim()).filter(Boolean);
    const tags = foldLabels([...props.tags, ...wanted]);
    const isWrong = wanted.some((text) => labelProblem(text) !== null);
    if (isWrong || tags.length > MOST_TAGS) {
      setProblem(isWrong ? t("label.wrong") : t("label.tooMany", { count: MOST_TAGS }));
      return false;
    }
    if (tags.length > props.tags.length) props.onChange(tags);
    return true;
  };
  const commit = () => {
    if (add([draft()])) setDraft("");
  };
  return (
    <div class="flex flex-col gap-1">
      <label for={field} class="text-sm font-medium">
        {props.label}
      </label>
      <Show when={props.tags.length > 0}>
        <ul class="flex flex-wrap gap-1">
          <For each={props.tags}>
            {(tag) => (
              <li class="inline-flex max-w-full items-center gap-1 rounded-sm border pl-1.5 text-sm">
                <span class="truncate">{tag}</span>
                <button
                  type="button"
                  aria-label={t("label.dropTag", { tag })}
                  onClick={() => props.onChange(props.tags.filter((one) => one !== tag))}
                  class="inline-flex size-6 items-center justify-center rounded-sm text-text-3 hover:bg-hover hover:text-text"
                >
                  <Icon name="close" />
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <input
        id={field}
        value={draft()}
        list={list}
        aria-describedby={hint}
        aria-invalid={problem() !== undefined}
        data-invalid={problem() === undefined ? undefined : ""}
        autocomplete="off"
        onInput={(event) => type(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.isComposing || draft().trim() === "") return;
          event.preventDefault();
          commit();
        }}
        class={INPUT}
      />
      <datalist id={list}>
        <For each={props.suggestions}>{(tag) => <option value={tag} />}</For>
      </datalist>
      <p id={hint} class={`text-xs ${problem() ? "text-error" : "text-text-3"}`}>
        {problem() ?? t("label.tags.hint")}
      </p>
    </div>
  );
}
