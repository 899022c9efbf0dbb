import type { Issue } from "@claw/core/errors";
import { type ManagedKey, wrongKeys } from "@claw/core/managed-keys";
import type { Diagnostic, LintSource } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { guide } from "./key-guide.ts";
import { markManaged } from "./managed-marks.ts";
import { managedWarnings } from "./managed-warnings.ts";
import { pluginWarnings } from "./plugin-warnings.ts";
import { syntaxIssues } from "./syntax-issues.ts";

interface CheckOptions {
  panelIssues: () => readonly Issue[];
  validate: (text: string) => Promise<readonly Issue[]>;
  onIssues: (issues: readonly Issue[]) => void;
  /** The panel's keys that have another value. */
  onWrongKeys: (keys: readonly ManagedKey[]) => void;
  words: (issue: Issue) => string;
}

/**
 * Checks the text after a pause in typing: its syntax here, then what the panel refused, then what
 * the panel says of it.
 */
export function createCheck(options: CheckOptions): LintSource {
  /** What is shown is the panel's answer to an earlier text, and may still hold. */
  let isAnswer = true;
  const show = (doc: Text, issues: readonly Issue[]): Diagnostic[] => {
    options.onIssues(issues);
    return issues.map((issue) => diagnosticOf(doc, issue, options.words(issue)));
  };
  const warn = (view: EditorView): Diagnostic[] => {
    const { managed, schema } = view.state.field(guide);
    const text = view.state.doc.toString();
    const wrong = wrongKeys(text, managed);
    markManaged(view, managed);
    options.onWrongKeys(wrong);
    return [...managedWarnings(text, wrong), ...pluginWarnings(text, schema)];
  };
  return async (view) => {
    const { doc } = view.state;
    const syntax = syntaxIssues(doc.toString());
    const warnings = syntax.length > 0 ? [] : warn(view);
    const known = syntax.length > 0 ? syntax : options.panelIssues();
    if (known.length > 0) {
      isAnswer = false;
      return [...show(doc, known), ...warnings];
    }
    // The first answer about an image takes seconds.
    if (!isAnswer) show(doc, []);
    isAnswer = true;
    const issues = await options.validate(doc.toString());
    // Whatever was typed meanwhile is checked by itself.
    return view.state.doc === doc ? [...show(doc, issues), ...warnings] : [];
  };
}

function diagnosticOf(doc: Text, issue: Issue, message: string): Diagnostic {
  const from = offsetOf(doc, issue);
  return { from, to: Math.min(doc.length, from + 1), severity: "error", message };
}

/** The range of an issue; lines and columns count from 1 and may lie past the end. */
export function offsetOf(doc: Text, issue: Issue): number {
  const line = doc.line(Math.min(Math.max(1, issue.line), doc.lines));
  return Math.min(line.to, line.from + Math.max(0, issue.column - 1));
}
