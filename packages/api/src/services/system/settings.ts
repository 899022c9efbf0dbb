import { z } from "zod";
import type { AppContext } from "../../context.ts";

/** What an administrator may change about the whole panel. */
export const PanelSettings = z.object({
  /** Templates may give instances folders of the host, devices and rights on it. */
  allowUnsafeTemplates: z.boolean(),
});
export type PanelSettings = z.infer<typeof PanelSettings>;

const KEY = "panel";

/** What was never chosen is safe. */
export async function readSettings(ctx: Pick<AppContext, "store">): Promise<PanelSettings> {
  const { data } = PanelSettings.safeParse(await ctx.store.readSetting(KEY));
  return data ?? { allowUnsafeTemplates: false };
}

/** Counts from the next change of a container on. */
export async function saveSettings(
  ctx: AppContext,
  settings: PanelSettings,
): Promise<PanelSettings> {
  await ctx.store.saveSetting(KEY, settings);
  return settings;
}
