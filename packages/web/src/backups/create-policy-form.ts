import { BackupPolicy } from "@claw/core/backup/backup";
import { createEffect, createSignal, on, onCleanup } from "solid-js";
import { createStore } from "solid-js/store";
import { useApi } from "../api/api-context.tsx";
import { t } from "../i18n/i18n.ts";
import { CRON_PRESETS, type CronPreset, presetOf } from "./policy-words.ts";
import { areRecipients, parseRecipients } from "./recipients.ts";

type Keep = "keepLast" | "keepDaily" | "keepWeekly";

interface Fields extends Record<Keep, string> {
  enabled: boolean;
  preset: CronPreset | "own";
  cron: string;
  timezone: string;
  scope: "all" | "chosen";
  mode: BackupPolicy["mode"];
  recipients: string;
}

/** Debounce of the preview while typing. */
const PAUSE_MS = 300;

/** The form of schedule and retention, with a preview of the next runs. */
export function createPolicyForm(policy: BackupPolicy) {
  const api = useApi();
  const [fields, setFields] = createStore<Fields>({
    enabled: policy.enabled,
    preset: presetOf(policy.cron) ?? "own",
    cron: policy.cron,
    timezone: firstZone(policy),
    scope: policy.instanceIds === null ? "all" : "chosen",
    mode: policy.mode,
    recipients: policy.recipients.join("\n"),
    keepLast: String(policy.keepLast),
    keepDaily: String(policy.keepDaily),
    keepWeekly: String(policy.keepWeekly),
  });
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set(policy.instanceIds ?? []));
  const [next, setNext] = createSignal<readonly string[]>();
  const [cronError, setCronError] = createSignal<string>();
  const [submitted, setSubmitted] = createSignal(false);

  createEffect(
    on([() => fields.cron, () => fields.timezone], ([cron, timezone]) => {
      const controller = new AbortController();
      const timer = setTimeout(async () => {
        try {
          const preview = await api.trpc.backups.previewPolicy.query(
            { cron, timezone },
            { signal: controller.signal },
          );
          if (controller.signal.aborted) return;
          setNext(preview.next);
          setCronError(undefined);
        } catch (error) {
          if (controller.signal.aborted) return;
          setNext(undefined);
          setCronError(error instanceof Error ? error.message : String(error));
        }
      }, PAUSE_MS);
      onCleanup(() => {
        controller.abort();
        clearTimeout(timer);
      });
    }),
  );
  const recipients = () => parseRecipients(fields.recipients);
  const value = () => ({
    enabled: fields.enabled,
    cron: fields.cron,
    timezone: fields.timezone,
    instanceIds: fields.scope === "all" ? null : [...chosen()],
    mode: fields.mode,
    recipients: recipients(),
    keepLast: Number(fields.keepLast || Number.NaN),
    keepDaily: Number(fields.keepDaily || Number.NaN),
    keepWeekly: Number(fields.keepWeekly || Number.NaN),
  });
  const problems = {
    chosen: () =>
      fields.scope === "chosen" && chosen().size === 0 ? t("backup.chooseOne") : undefined,
    recipients: () =>
      recipients().length > 0 && !areRecipients(recipients())
        ? t("encryption.keys.wrong")
        : undefined,
    keepLast: () => keepProblem("keepLast"),
    keepDaily: () => keepProblem("keepDaily"),
    keepWeekly: () => keepProblem("keepWeekly"),
  };
  const keepProblem = (field: Keep) =>
    BackupPolicy.shape[field].safeParse(value()[field]).success
      ? undefined
      : t("policy.keep.wrong", { least: field === "keepLast" ? 1 : 0 });
  return {
    fields,
    set: setFields,
    setPreset: (preset: CronPreset | "own") => {
      setFields("preset", preset);
      if (preset !== "own") setFields("cron", CRON_PRESETS[preset]);
    },
    setKeep: (field: Keep, text: string) => setFields(field, text.replace(/\D/g, "").slice(0, 4)),
    chosen,
    setChosen,
    /** The next runs; undefined while unknown. */
    next,
    cronError,
    value,
    error: (field: keyof typeof problems) =>
      submitted() || field.startsWith("keep") ? problems[field]() : undefined,
    /** The policy, or null when invalid; the fields then show the errors. */
    submit: (): BackupPolicy | null => {
      setSubmitted(true);
      if (cronError() || Object.values(problems).some((problem) => problem())) return null;
      const parsed = BackupPolicy.safeParse(value());
      return parsed.success ? parsed.data : null;
    },
  };
}

export type PolicyForm = ReturnType<typeof createPolicyForm>;

/** The user's time zone, until another was chosen. */
function firstZone(policy: BackupPolicy): string {
  if (policy.enabled || policy.timezone !== "UTC") return policy.timezone;
  return Intl.DateTimeFormat().resolvedOptions().timeZone || policy.timezone;
}
