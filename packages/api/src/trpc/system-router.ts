import { getImage } from "../services/image/get-image.ts";
import { PanelSettings, saveSettings } from "../services/system/settings.ts";
import { systemStatus } from "../services/system/system-status.ts";
import { procedure, router } from "./init.ts";

export const systemRouter = router({
  status: procedure({ who: "member", does: "read" }).query(({ ctx }) =>
    systemStatus(ctx.app, ctx.viewer),
  ),
  saveSettings: procedure({ who: "administrator", does: "admin" })
    .input(PanelSettings)
    .mutation(({ ctx, input }) => saveSettings(ctx.app, input)),
});

export const imageRouter = router({
  get: procedure({ who: "operator", does: "operate" }).mutation(({ ctx }) => getImage(ctx.app)),
});
