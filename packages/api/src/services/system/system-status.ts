import { roleOf, type Viewer } from "@claw/core/access/viewer";
import { messageOf } from "@claw/core/errors";
import type { SystemStatus } from "@claw/core/system";
import type { AppContext } from "../../context.ts";
import { VERSION } from "../../version.ts";
import { visibleInstances } from "../access/visible.ts";
import { readSettings } from "./settings.ts";

/** Members see only their own instances, and no paths. */
export async function systemStatus(
  ctx: AppContext,
  viewer: Viewer | null = null,
): Promise<SystemStatus> {
  const [engine, image, disk, { allowUnsafeTemplates }, room] = await Promise.all([
    engineStatus(ctx),
    imageStatus(ctx),
    ctx.disk.files.diskUsage(),
    readSettings(ctx),
    ctx.store.room(),
  ]);
  const instances = viewer ? visibleInstances(ctx, viewer) : ctx.runtime.live.board.list();
  const isMember = viewer !== null && roleOf(viewer) === "member";
  const count = (...statuses: string[]) =>
    instances.filter(({ status }) => statuses.includes(status)).length;
  return {
    version: VERSION,
    home: isMember ? "" : ctx.config.home,
    engine,
    image,
    host: { ...ctx.host.load(), diskTotal: disk.total, diskFree: disk.free },
    instances: {
      total: instances.length,
      running: count("running"),
      stopped: count("stopped", "created"),
      error: count("error"),
    },
    allowUnsafeTemplates,
    isDiskShort: room.isShort,
    composeFile: { fault: isMember ? null : ctx.runtime.live.composeFile.fault },
    orphans: isMember ? [] : ctx.runtime.live.observer.orphans(),
  };
}

async function engineStatus(ctx: AppContext) {
  const { kind } = ctx.engine;
  try {
    const version = await ctx.engine.version();
    return { kind, reachable: true, version, error: null };
  } catch (error) {
    return { kind, reachable: false, version: null, error: messageOf(error) };
  }
}

/** Without the engine the image is unknown; the engine's status has the reason. */
async function imageStatus(ctx: AppContext) {
  const ref = ctx.config.image;
  const image = await ctx.engine.images.find(ref).catch(() => null);
  return { ref, present: image !== null, id: image?.id ?? null, size: image?.size ?? null };
}
