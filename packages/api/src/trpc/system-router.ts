import { JOB_OF_KIND } from "@claw/core/job";
import { PanelSettings, SystemStatus } from "@claw/core/system";
import { getImage } from "../services/image/get-image.ts";
import { saveSettings } from "../services/system/settings.ts";
import { systemStatus } from "../services/system/system-status.ts";
import { procedure, router } from "./init.ts";

export const systemRouter = router({
  status: procedure({ who: "member", does: "read" })
    .output(SystemStatus)
    .query(({ ctx }) => systemStatus(ctx.app, ctx.viewer)),
  saveSettings: procedure({ who: "administrator", does: "admin" })
    .input(PanelSettings)
    .output(PanelSettings)
    .mutation(({ ctx, input }) => saveSettings(ctx.app, input)),
});

export const imageRouter = router({
  get: procedure({ who: "operator", does: "operate" })
    .output(JOB_OF_KIND.image)
    .mutation(({ ctx }) => getImage(ctx.app)),
});
