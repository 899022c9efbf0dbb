import {
  foldWebhookPaths,
  MOST_WEBHOOK_PATHS,
  type WebhookPathProblem,
  webhookPathProblem,
} from "@claw/core/webhook-rules";
import { createSignal } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { createCall } from "../api/create-call.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { LinesField } from "../ui/lines-field.tsx";

/** Not translated. */
const EXAMPLE = "/wecom/callback";

const PROBLEM_WORDS = {
  relative: "webhooks.wrong.relative",
  root: "webhooks.wrong.root",
  long: "webhooks.wrong.long",
  reserved: "webhooks.wrong.reserved",
  unusual: "webhooks.wrong.unusual",
} as const satisfies Record<WebhookPathProblem, PlainKey>;

/** The paths of an instance that are open to channels; nothing of it restarts. */
export function WebhooksDialog(props: { instance: Instance; onClose: () => void }) {
  const { instances } = useApi().trpc;
  const { id } = props.instance;
  const [text, setText] = createSignal(props.instance.webhookPaths.join("\n"));
  const paths = () => foldWebhookPaths(text().split("\n")).filter((path) => path !== "");
  const call = createCall(async () => {
    await instances.update.mutate({ id, webhookPaths: paths() });
    props.onClose();
  });
  return (
    <FormDialog
      title={t("webhooks.edit.title", { name: props.instance.name })}
      description={t("webhooks.edit.text")}
      submit={t("account.save")}
      busy={call.busy()}
      error={call.error()}
      disabled={problemOf(paths()) !== undefined}
      onSubmit={() => call.run(undefined)}
      onClose={props.onClose}
    >
      <LinesField
        label={t("webhooks.paths")}
        value={text()}
        onInput={setText}
        placeholder={EXAMPLE}
        hint={t("webhooks.paths.hint", { count: MOST_WEBHOOK_PATHS })}
        error={problemOf(paths())}
      />
    </FormDialog>
  );
}

/** The first thing that is wrong, or undefined. */
function problemOf(paths: readonly string[]): string | undefined {
  if (paths.length > MOST_WEBHOOK_PATHS)
    return t("webhooks.tooMany", { count: MOST_WEBHOOK_PATHS });
  for (const path of paths) {
    const problem = webhookPathProblem(path);
    if (problem) return t("webhooks.wrong", { path, fix: t(PROBLEM_WORDS[problem]) });
  }
  return undefined;
}
