import { Unlock } from "@claw/core/backup/backup";
import { createSignal } from "solid-js";
import type { Backup } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";

/** The key of an encrypted backup, as typed; forgotten with the dialog. */
export function createUnlock(encryption: () => Backup["encryption"]) {
  const [secret, setSecret] = createSignal("");
  const value = (): Unlock | undefined => {
    if (encryption() === null || secret() === "") return undefined;
    const unlock =
      encryption() === "passphrase" ? { passphrase: secret() } : { identity: secret().trim() };
    return Unlock.safeParse(unlock).success ? unlock : undefined;
  };
  return {
    encryption,
    secret,
    setSecret,
    /** Undefined while empty or impossible. */
    value,
    /** No key is needed, or one is entered. */
    ready: () => encryption() === null || value() !== undefined,
    problem: () =>
      encryption() === "recipients" && secret() !== "" && value() === undefined
        ? t("unlock.identity.wrong")
        : undefined,
  };
}

export type UnlockForm = ReturnType<typeof createUnlock>;
