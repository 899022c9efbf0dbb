import { PanelSettings } from "@claw/core/system";
import type { AppContext, Uses } from "../../context.ts";

const KEY = "panel";

/** Defaults to the safe choice. */
export async function readSettings(ctx: Uses<"store">): Promise<PanelSettings> {
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
