import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../src/context.ts";
import { replaceInstance } from "../../src/services/instance/replace/replace-instance.ts";
import type { NewData } from "../../src/services/instance/replace/replacement.ts";
import { docker, STUB_IMAGE } from "./docker.ts";
import { snapshotOf } from "./specs.ts";

/** Gives an instance another image as an upgrade would, and other data if there is any. */
export async function changeImage(
  ctx: AppContext,
  id: InstanceId,
  {
    image,
    data,
    onDown = () => undefined,
  }: { image: string; data?: NewData | undefined; onDown?: () => void },
) {
  const spec = await ctx.store.findInstance(id);
  return replaceInstance(
    ctx,
    {
      id,
      jobId: "j1",
      there: spec?.uid ?? null,
      whenAnother: "It is another one.",
      spec: { image },
      ...(data ? { data } : {}),
    },
    {
      signal: new AbortController().signal,
      mayBegin: () => true,
      onPhase: () => undefined,
      onDown,
      onUp: () => undefined,
    },
  );
}

/** Data that was staged as `staged`; what it replaces becomes the snapshot `kept`. */
export const OTHER_DATA: NewData = {
  staged: "staged",
  kept: "kept",
  reverted: null,
  allocate: () => Promise.reject(new Error("it is there")),
  fit: async () => undefined,
  snapshotOf: async () => snapshotOf({ kept: "kept" }),
};

/** Makes an image on Docker that is like the stub, with another environment. */
export async function deriveImage(ref: string, variable: string): Promise<void> {
  const container = await docker("create", "--label", "claw.test=1", STUB_IMAGE);
  await docker("commit", "--change", `ENV ${variable}`, container, ref);
  await docker("rm", container);
}
