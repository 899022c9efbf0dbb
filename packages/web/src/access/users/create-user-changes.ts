import type { User, UserPatch } from "@claw/core/access/user";
import { createSignal } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import { showFailure } from "../../api/show-failure.tsx";
import { t } from "../../i18n/i18n.ts";
import { showToast } from "../../ui/toast.tsx";

/** Changes of a user that need no confirmation, because they can be undone. */
export function createUserChanges(onChanged: () => Promise<void>) {
  const { users } = useApi().trpc;
  const [busy, setBusy] = createSignal<string>();
  const change = async (user: User, patch: UserPatch, done: () => string): Promise<void> => {
    const { username, displayName } = user;
    setBusy(username);
    try {
      await users.update.mutate({ username, ...patch });
      showToast({ kind: "success", title: done() });
    } catch (error) {
      showFailure(t("failed.user", { name: displayName }), error, () => change(user, patch, done));
    }
    setBusy(undefined);
    await onChanged();
  };
  const name = (user: User) => ({ name: user.displayName });
  return {
    /** The user with a change in progress. */
    busy,
    disable: (user: User) =>
      change(user, { disabled: true }, () => t("users.disabledNow", name(user))),
    enable: (user: User) =>
      change(user, { disabled: false }, () => t("users.enabledNow", name(user))),
    dropTotp: (user: User) =>
      change(user, { totp: false }, () => t("users.totpDropped", name(user))),
  };
}

export type UserChanges = ReturnType<typeof createUserChanges>;
