import { createMemo } from "solid-js";
import { createBackupAttention } from "../backups/create-backup-attention.ts";
import { locale } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { isDiskNearlyFull, isMemoryNearlyFull } from "../system/nearly-full.ts";
import { useEngineAway } from "./engine-away.ts";

/** Conditions that need attention; omits their consequences. */
export function createAttention() {
  const live = useLive();
  const status = live.system.data;
  const engineAway = useEngineAway();
  /** The name of the missing image. */
  const image = () => {
    const known = status()?.image;
    return known && !known.present && !engineAway() ? known.ref : undefined;
  };
  const disk = () => {
    const host = status()?.host;
    return host && isDiskNearlyFull(host) ? host : undefined;
  };
  const memory = () => {
    const host = status()?.host;
    return host && isMemoryNearlyFull(host) ? host : undefined;
  };
  const broken = createMemo(() => {
    const collator = new Intl.Collator(locale(), { numeric: true });
    return live.instances
      .list()
      .filter((one) => one.status === "error")
      .sort((a, b) => collator.compare(a.name, b.name));
  });
  const backups = createBackupAttention();
  const orphans = () => status()?.orphans.length ?? 0;
  const count = () =>
    [
      engineAway(),
      image() !== undefined,
      disk() !== undefined,
      memory() !== undefined,
      orphans() > 0,
      backups() !== undefined,
    ].filter(Boolean).length + broken().length;
  const known = () => live.instances.loaded() && status() !== undefined;
  return { engineAway, image, disk, memory, broken, orphans, backups, count, known };
}

export type Attention = ReturnType<typeof createAttention>;
