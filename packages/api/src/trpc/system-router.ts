import { getImage } from "../services/image/get-image.ts";
import { systemStatus } from "../services/system/system-status.ts";
import { procedure, router } from "./init.ts";

export const systemRouter = router({
  status: procedure.query(({ ctx }) => systemStatus(ctx.app)),
});

export const imageRouter = router({
  get: procedure.mutation(({ ctx }) => getImage(ctx.app)),
});
