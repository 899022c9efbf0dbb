import { For, Show } from "solid-js";
import type { RestorePlan } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { formatBytes, formatExact } from "../i18n/format.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { Icon } from "../ui/icon.tsx";
import { TextField } from "../ui/text-field.tsx";
import { leftOutWords } from "./backup-words.ts";
import type { Restore } from "./create-restore.ts";
import { Size } from "./size.tsx";
import { UnlockField } from "./unlock-field.tsx";

type Planned = RestorePlan["instances"][number];

const ACTIONS: Record<Planned["action"], { word: PlainKey; text: PlainKey; tone: string }> = {
  replace: { word: "plan.replace", text: "plan.replace.text", tone: "text-error" },
  create: { word: "plan.create", text: "plan.create.text", tone: "text-running" },
  copy: { word: "plan.copy", text: "plan.copy.text", tone: "text-busy" },
};

const WARNINGS: Record<Planned["warnings"][number], (planned: Planned) => string> = {
  NEWER_VERSION: () => t("plan.warning.newer"),
  OTHER_IMAGE: () => t("plan.warning.image"),
  PORT_CHANGES: () => t("plan.warning.port"),
  OTHER_INSTANCE: () => t("plan.warning.other"),
  LEFT_OUT: ({ leftOut }) => (leftOut ? leftOutWords(leftOut) : ""),
};

/** Step 2: the effects of the restore, and the confirmation. */
export function RestorePreview(props: { restore: Restore }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (props.restore.confirmed()) void props.restore.begin();
  };
  return (
    <Show when={props.restore.plan()}>
      {(plan) => (
        <form id="restore-preview" onSubmit={submit} novalidate class="flex flex-col gap-4">
          <Show when={props.restore.request.error()}>
            {(error) => <FailureNotice error={error()} />}
          </Show>
          <ul aria-label={t("restore.step.preview")} class="divide-y rounded-md border">
            <For each={plan().instances}>{(planned) => <Row planned={planned} />}</For>
          </ul>
          <p class="text-sm text-text-2">{t("plan.untouched")}</p>
          <Space plan={plan()} fits={props.restore.fits()} />
          <UnlockField form={props.restore.unlock} />
          <Show when={props.restore.challenge()}>
            {(word) => (
              <TextField
                label={
                  props.restore.replaced().length === 1
                    ? t("delete.typeId", { id: word() })
                    : t("plan.typeCount", { count: word() })
                }
                hint={t("plan.type.hint")}
                value={props.restore.typed()}
                onInput={props.restore.setTyped}
                mono
              />
            )}
          </Show>
        </form>
      )}
    </Show>
  );
}

function Row(props: { planned: Planned }) {
  const action = () => ACTIONS[props.planned.action];
  const ports = () => {
    const { portBefore, port } = props.planned;
    if (port === null) return t("plan.port.later");
    return port === portBefore
      ? t("plan.port.same", { port: String(port) })
      : t("plan.port.changes", { before: String(portBefore), port: String(port) });
  };
  return (
    <li class="flex flex-col gap-0.5 px-3 py-2">
      <div class="flex flex-wrap items-baseline gap-x-2">
        <span class={`font-medium ${action().tone}`}>{t(action().word)}</span>
        <span class="min-w-0 truncate font-medium">{props.planned.name}</span>
        <span class="min-w-0 truncate font-mono text-xs text-text-3">{props.planned.id}</span>
        <span class="ml-auto text-xs whitespace-nowrap tabular text-text-3">
          <Size bytes={props.planned.bytes} of="data" /> · {ports()}
        </span>
      </div>
      <p class="text-sm text-text-2">{t(action().text)}</p>
      <Show when={props.planned.running}>
        <p class="text-sm text-text-2">{t("plan.running")}</p>
      </Show>
      <p class="text-xs text-text-3">
        {t("plan.takenAt", { time: formatExact(props.planned.takenAt) })}
      </p>
      <For each={props.planned.warnings}>
        {(warning) => (
          <p class="flex gap-1.5 text-sm text-unknown">
            <Icon name="alert" class="mt-0.5" />
            {WARNINGS[warning](props.planned)}
          </p>
        )}
      </For>
    </li>
  );
}

function Space(props: { plan: RestorePlan; fits: boolean }) {
  const sizes = () => ({
    needed: formatBytes(props.plan.spaceNeeded),
    free: formatBytes(props.plan.spaceFree),
  });
  return (
    <Show
      when={!props.fits}
      fallback={<p class="text-sm tabular text-text-2">{t("plan.space", sizes())}</p>}
    >
      <p role="alert" class="flex gap-2.5 rounded-md bg-error-tint px-3 py-2.5 text-sm">
        <Icon name="alert" class="mt-0.5 text-error" />
        {t("plan.space.short", sizes())}
      </p>
    </Show>
  );
}
