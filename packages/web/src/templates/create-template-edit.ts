import type { Issue } from "@claw/core/errors";
import { createSignal } from "solid-js";
import { issuesOf } from "../api/api-error.ts";
import type { Api, Template } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { createRefusals } from "../api/create-refusals.ts";
import { t } from "../i18n/i18n.ts";
import { showToast } from "../ui/toast.tsx";

/** What is edited: a template as the panel has it, or a draft of a new one. */
export type Opened = Template | { name: string; text: string; removed: readonly string[] };

interface EditOptions {
  api: Api;
  opened: Opened;
  /** The panel has saved it. */
  onSaved: (template: Template) => void;
}

/** The name and text of one template, until the panel has saved them. */
export function createTemplateEdit({ api, opened, onSaved }: EditOptions) {
  const [stored, setStored] = createSignal("id" in opened ? opened : undefined);
  const [name, setName] = createSignal(opened.name);
  const [text, setText] = createSignal(opened.text);
  const [issues, setIssues] = createSignal<readonly Issue[]>([]);
  const refusals = createRefusals({ TEMPLATE_EXISTS: "name" }, () => name());
  const dirty = () => name() !== stored()?.name || text() !== stored()?.text;

  const call = createCall(async (makeDefault: boolean) => {
    setIssues([]);
    const before = stored();
    const saving = {
      ...(before && { id: before.id, revision: before.revision }),
      ...(makeDefault && { isDefault: true }),
      name: name().trim(),
      text: text(),
    };
    try {
      const saved = await api.trpc.templates.save.mutate(saving);
      setStored(saved);
      // Whatever was typed meanwhile stays.
      if (name().trim() === saved.name) setName(saved.name);
      showToast({
        kind: "success",
        title: t(makeDefault ? "templates.madeDefault" : "templates.savedToast", {
          name: saved.name,
        }),
      });
      onSaved(saved);
    } catch (error) {
      setIssues(issuesOf(error));
      throw error;
    }
  }, refusals);

  return {
    stored,
    name,
    setName,
    text,
    edit: (now: string) => {
      setText(now);
      setIssues([]);
    },
    issues,
    dirty,
    busy: call.busy,
    error: call.error,
    nameError: () => refusals.of("name"),
    save: () => (dirty() ? call.run(false) : Promise.resolve()),
    makeDefault: () => call.run(true),
  };
}

export type TemplateEdit = ReturnType<typeof createTemplateEdit>;
