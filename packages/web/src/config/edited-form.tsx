import type { Issue } from "@claw/core/errors";
import type { Instance } from "../api/client.ts";
import { withTexts } from "../i18n/i18n.ts";
import { lazyPart } from "../ui/lazy-part.tsx";
import type { ConfigState } from "./create-config.ts";
import { EditorWaiting } from "./editor-waiting.tsx";
import { fieldIssue } from "./field-issue.ts";

const ConfigForms = lazyPart(
  () => withTexts(import("../config-form/config-forms.tsx"), "forms"),
  "ConfigForms",
  EditorWaiting,
);

/** The form that edits the text of the editor, loaded when it is first shown. */
export function EditedForm(props: {
  config: ConfigState;
  instance: Instance;
  issues: readonly Issue[];
}) {
  return (
    <ConfigForms
      edited={props.config}
      instance={props.instance}
      issueAt={(path) => fieldIssue(props.issues, path)}
    />
  );
}
