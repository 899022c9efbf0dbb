import type { NewInstance } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { finishCreation } from "./finish-creation.ts";
import { type OperateOptions, operateOn } from "./operate-on.ts";
import { startInstance } from "./start-instance.ts";

/** Completes the creation of an instance that was cut off, or that did not come up. */
export async function continueCreation(
  ctx: AppContext,
  { id, start }: Pick<NewInstance, "id" | "start">,
  options?: OperateOptions,
): Promise<void> {
  await operateOn(
    ctx,
    id,
    "creating",
    async (spec) => {
      if (spec.phase === "creating") await finishCreation(ctx, spec);
    },
    options,
  );
  if (start) await startInstance(ctx, id, options);
}
