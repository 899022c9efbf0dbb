import { createHash } from "node:crypto";
import { parseComposeProject } from "@claw/core/compose/project";
import { COMPOSE_TEMPLATE, renderCompose } from "@claw/core/compose/render";
import { workloadOf } from "@claw/core/compose/workload";
import { messageOf } from "@claw/core/errors";
import type { InstanceSpec } from "@claw/core/instance";
import type { Workload } from "@claw/core/workload";
import type { AppContext } from "../../context.ts";
import { COMPOSE_FILE } from "../runtime/compose-file-state.ts";
import { readSettings } from "../system/settings.ts";
import { isStaying } from "./find-instance.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/**
 * Rewrites docker-compose.yml from the specs that stay. The file is for people only: a failed write
 * is reported and retried, and does not block any instance.
 */
export async function writeComposeFile(ctx: AppContext): Promise<void> {
  const { composeFile } = ctx.runtime.live;
  const before = composeFile.fault;
  try {
    await ctx.disk.files.updateCompose(() => composeFileText(ctx));
    composeFile.setFault(null);
    if (before !== null) ctx.log.info(`${COMPOSE_FILE} could be written again`);
  } catch (error) {
    const fault = messageOf(error);
    composeFile.setFault(fault);
    if (before !== fault) ctx.log.warn(`${COMPOSE_FILE} could not be written: ${fault}`);
  }
}

/** Also reveals pending changes of instances made from an older template. */
async function readComposeTemplate(ctx: AppContext): Promise<string> {
  const template = await ctx.disk.files.readTemplate(COMPOSE_TEMPLATE);
  ctx.runtime.live.pending.learnTemplate(template);
  return template;
}

/** Looks up the current images of references that instances were made from. */
export async function refreshImages(ctx: AppContext, refs: Iterable<string>): Promise<void> {
  for (const ref of new Set(refs))
    ctx.runtime.live.pending.learnImage(ref, await ctx.engine.images.find(ref));
}

async function composeFileText(ctx: AppContext): Promise<string> {
  const specs = await ctx.store.listInstances();
  return renderCompose({
    home: ctx.config.hostHome,
    template: await readComposeTemplate(ctx),
    specs: specs.filter(isStaying),
    sha256,
  });
}

/**
 * The part of docker-compose.yml for one instance. The template treats all instances alike, and
 * reading the file of 200 instances for each start would be slow.
 */
export async function composeTextOf(ctx: AppContext, spec: InstanceSpec): Promise<string> {
  return renderCompose({
    home: ctx.config.hostHome,
    template: await readComposeTemplate(ctx),
    specs: [spec],
    sha256,
  });
}

/** The workload of a spec, rendered from the template. */
export async function workloadFor(ctx: AppContext, spec: InstanceSpec): Promise<Workload> {
  const text = await composeTextOf(ctx, spec);
  const { allowUnsafeTemplates: allowUnsafe } = await readSettings(ctx);
  return workloadOf(parseComposeProject(text, ctx.config.hostHome, { allowUnsafe }), spec.id);
}

/**
 * Makes network and container match the spec, except a container that is up, which stays as it is.
 * Starts nothing.
 */
export async function deployInstance(ctx: AppContext, spec: InstanceSpec): Promise<void> {
  await ctx.engine.deploy(await workloadFor(ctx, spec));
}

/** `deployInstance`, plus the compose file. */
export async function applyInstance(ctx: AppContext, spec: InstanceSpec): Promise<void> {
  await writeComposeFile(ctx);
  await deployInstance(ctx, spec);
}
