import type { BackupMode, BackupRequest, Encryption } from "@claw/core/backup/backup";
import { createSignal } from "solid-js";
import { createStore } from "solid-js/store";
import { t } from "../i18n/i18n.ts";
import { areRecipients, parseRecipients } from "./recipients.ts";

type EncryptionChoice = Encryption["kind"] | "none";

interface Fields {
  scope: "all" | "chosen";
  note: string;
  mode: BackupMode;
  encryption: EncryptionChoice;
  passphrase: string;
  again: string;
  recipients: string;
}

/** The panel's minimum length of a passphrase. */
const SHORTEST = 10;

/** The form of a new backup; `preset` are the preselected instances. */
export function createBackupForm(preset: readonly string[] | undefined) {
  const [fields, setFields] = createStore<Fields>({
    scope: preset ? "chosen" : "all",
    note: "",
    mode: "rolling",
    encryption: "none",
    passphrase: "",
    again: "",
    recipients: "",
  });
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set(preset));
  const [submitted, setSubmitted] = createSignal(false);

  const problems = {
    chosen: () =>
      fields.scope === "chosen" && chosen().size === 0 ? t("backup.chooseOne") : undefined,
    passphrase: () =>
      fields.encryption === "passphrase" && fields.passphrase.length < SHORTEST
        ? t("encryption.passphrase.short", { count: SHORTEST })
        : undefined,
    again: () =>
      fields.encryption === "passphrase" && fields.again !== fields.passphrase
        ? t("encryption.again.wrong")
        : undefined,
    recipients: () =>
      fields.encryption === "recipients" && !areRecipients(parseRecipients(fields.recipients))
        ? t("encryption.keys.wrong")
        : undefined,
  };
  const encryption = (): Encryption | undefined => {
    if (fields.encryption === "passphrase")
      return { kind: "passphrase", passphrase: fields.passphrase };
    if (fields.encryption === "recipients")
      return { kind: "recipients", recipients: parseRecipients(fields.recipients) };
    return undefined;
  };
  return {
    fields,
    set: setFields,
    chosen,
    setChosen,
    /** Shown once the form was sent. */
    error: (field: keyof typeof problems) => (submitted() ? problems[field]() : undefined),
    /** The request, or null when invalid; the fields then show the errors. */
    submit: (): BackupRequest | null => {
      setSubmitted(true);
      if (Object.values(problems).some((problem) => problem() !== undefined)) return null;
      const chosenEncryption = encryption();
      const note = fields.note.trim();
      return {
        mode: fields.mode,
        ...(fields.scope === "chosen" ? { instanceIds: [...chosen()] } : {}),
        ...(note === "" ? {} : { note }),
        ...(chosenEncryption ? { encryption: chosenEncryption } : {}),
      };
    },
  };
}

export type BackupForm = ReturnType<typeof createBackupForm>;
