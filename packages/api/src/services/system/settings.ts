import { z } from "zod";
import type { AppContext } from "../../context.ts";

/** Settings of the whole panel, for administrators. */
export const PanelSettings = z.object({
  /** Templates may give instances host folders, devices and privileges. */
  allowUnsafeTemplates: z.boolean(),
});
export type PanelSettings = z.infer<typeof PanelSettings>;

const KEY = "panel";

/** Defaults to the safe choice. */
export async function readSettings(ctx: Pick<AppContext, "store">): Promise<PanelSettings> {
  const { data } = PanelSettings.safeParse(await ctx.store.readSetting(KEY));
  return data ?? { allowUnsafeTemplates: false };
}

/** Takes effect at the next change of a container. */
export async function saveSettings(
  ctx: AppContext,
  settings: PanelSettings,
): Promise<PanelSettings> {
  await ctx.store.saveSetting(KEY, settings);
  return settings;
}
