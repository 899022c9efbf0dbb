import { getImage } from "../services/image/get-image.ts";
import { systemStatus } from "../services/system/system-status.ts";
import { procedure, router } from "./init.ts";

export const systemRouter = router({
  status: procedure({ who: "member", does: "read" }).query(({ ctx }) =>
    systemStatus(ctx.app, ctx.viewer),
  ),
});

export const imageRouter = router({
  get: procedure({ who: "operator", does: "operate" }).mutation(({ ctx }) => getImage(ctx.app)),
});
