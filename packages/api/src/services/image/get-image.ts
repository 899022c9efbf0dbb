import { DomainError, hasReason } from "@claw/core/errors";
import type { JobOf } from "@claw/core/job";
import { JobStep } from "@claw/core/job-step";
import type { AppContext } from "../../context.ts";
import type { JobHandle } from "../runtime/job-run.ts";

/** The release used to measure the panel. */
const OPENCLAW_VERSION = "2026.9.6";
export const OFFICIAL_IMAGE = `ghcr.io/openclaw/openclaw:${OPENCLAW_VERSION}`;
/** Default of CLAW_IMAGE: built locally, under a name that no registry serves. */
export const LOCAL_IMAGE = "openclaw:local";

/** On a slow machine with a slow network a build takes half an hour. */
const BUILD_LIMIT_MS = 3 * 3_600_000;

/** Progress lines of the build script. */
const PROGRESS = /^::progress ([\d.]+) (.+)$/;

/**
 * Begins a job that gets the image: from its registry, or by building it here where possible. Calls
 * `onReady` once it is available.
 */
export function getImage(ctx: AppContext, onReady: () => void = () => {}): Promise<JobOf<"image">> {
  return ctx.runtime.jobs.begin({
    kind: "image",
    instanceId: null,
    work: async (job) => {
      await fetchImage(ctx, job);
      const image = await ctx.engine.images.find(ctx.config.image);
      if (!image)
        throw new DomainError(
          "IMAGE_UNAVAILABLE",
          "The image was fetched, but Docker does not list it.",
        );
      onReady();
      return { ref: ctx.config.image, ...image };
    },
  });
}

async function fetchImage(ctx: AppContext, job: JobHandle<"image">): Promise<void> {
  const { image } = ctx.config;
  try {
    job.report(0, "image.pull");
    await ctx.engine.images.pull(image === LOCAL_IMAGE ? OFFICIAL_IMAGE : image, {
      as: image,
      onProgress: (progress) => job.report(progress, "image.pull"),
      signal: job.signal,
    });
  } catch (error) {
    const script = image === LOCAL_IMAGE ? ctx.host.imageBuildScript : null;
    if (!hasReason(error, "IMAGE_UNAVAILABLE")) throw error;
    if (script === null) throw withManualWay(error, image);
    ctx.log.info("no registry has the OpenClaw image; building it on this machine");
    await buildImage(ctx, job, script);
  }
}

async function buildImage(ctx: AppContext, job: JobHandle<"image">, script: readonly string[]) {
  job.report(0, "image.build");
  let last: string | null = null;
  const { exitCode } = await ctx.host.run([...script, ctx.config.image, OPENCLAW_VERSION], {
    signal: job.signal,
    withinMs: BUILD_LIMIT_MS,
    onLine: (line) => {
      const progress = PROGRESS.exec(line);
      if (progress) return job.report(Number(progress[1]), stepOf(progress[2]));
      job.note(line);
      last = line;
    },
  });
  if (exitCode !== 0)
    throw new DomainError(
      "IMAGE_UNAVAILABLE",
      `Building the image failed: ${last ?? `exit code ${exitCode}`}. The README says how to build it by hand.`,
    );
}

/** A script of another version may name steps that are not known here. */
const stepOf = (name = ""): JobStep => JobStep.safeParse(`image.${name}`).data ?? "image.build";

function withManualWay(error: DomainError, image: string): DomainError {
  return new DomainError(
    "IMAGE_UNAVAILABLE",
    `${error.message} The README says how to build the image by hand and to name it ${image}.`,
    { cause: error },
  );
}
