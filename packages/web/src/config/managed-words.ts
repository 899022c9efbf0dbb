import type { ManagedFor, ManagedKey } from "@claw/core/managed-keys";
import { valueAt } from "@claw/core/openclaw-config";
import { type PlainKey, t } from "../i18n/i18n.ts";

export const MANAGED_WHY: Record<ManagedFor, PlainKey> = {
  network: "managed.network",
  access: "managed.access",
  log: "managed.log",
};

/** The panel's key at `path`, or the one around it. */
export function managedAt(
  managed: readonly ManagedKey[],
  path: readonly string[],
): ManagedKey | undefined {
  return managed.find(
    (key) =>
      key.path.every((part, depth) => part === path[depth]) &&
      (key.path.length === path.length ||
        valueAt(key.value, path.slice(key.path.length)) !== undefined),
  );
}

export const nameOf = ({ path }: ManagedKey) => path.join(".");

/** What becomes of a value that is not the panel's. */
export function wrongWords(key: ManagedKey): string {
  const name = nameOf(key);
  if (key.rule === "absent") return t("managed.goes", { key: name });
  if (key.value === null || typeof key.value === "object") return t("managed.wrong", { key: name });
  return t("managed.wrongValue", { key: name, value: JSON.stringify(key.value) });
}
