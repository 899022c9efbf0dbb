import { createEffect, createRoot } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { showToast } from "../ui/toast.tsx";
import type { ConfigState } from "./create-config.ts";

/**
 * Replaces the text by the stored one; undoable for some seconds, unless something newer was typed
 * meanwhile.
 */
export function discard(config: ConfigState, done: string): void {
  const mine = config.text();
  config.discard();
  const stored = config.text();
  if (stored === mine) return;
  const takeAway = showToast({
    kind: "info",
    title: done,
    button: { label: t("config.revert"), onPress: () => config.revert(mine) },
  });
  createRoot((dispose) =>
    createEffect(() => {
      if (config.text() === stored) return;
      takeAway();
      dispose();
    }),
  );
}
