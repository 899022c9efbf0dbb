import { t } from "../i18n/i18n.ts";
import { showToast } from "../ui/toast.tsx";
import type { ConfigState } from "./create-config.ts";

/** Drops the text for what is stored; for some seconds it can be brought back. */
export function discard(config: ConfigState, done: string): void {
  const mine = config.text();
  config.discard();
  if (config.text() === mine) return;
  showToast({
    kind: "info",
    title: done,
    button: { label: t("config.bringBack"), onPress: () => config.bringBack(mine) },
  });
}
