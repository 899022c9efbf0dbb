import type { InstanceSpec } from "@claw/core/instance";
import { allocateSubnet } from "@claw/core/subnet-allocation";
import type { AppContext } from "../../../context.ts";
import type { EngineSurvey } from "../../../engine/engine.ts";
import { timestamp } from "../../../host/host.ts";
import { findFreePort, idTaken, newUid } from "../../instance/allocate-instance.ts";

export interface RestoredSpec extends Pick<InstanceSpec, "id" | "name" | "desired"> {
  /** The former port, if it may be reused. */
  port: number | null;
  timezone?: string;
  createdAt?: string;
  /** Uid of the former instance, reused unless another instance has it. */
  uid?: string | null | undefined;
  /** Owner's user id. */
  owner: string | null;
  group?: string | null | undefined;
  tags?: readonly string[] | undefined;
}

/**
 * Allocates a network for an instance from a backup, and its former port if that is free; stores
 * the spec. Can be undone while its restore is in the journal.
 */
export function allocateRestored(ctx: AppContext, wanted: RestoredSpec): Promise<InstanceSpec> {
  return ctx.live.allocations(async () => {
    const { config, host, store } = ctx;
    const survey = await ctx.engine.survey();
    const isFree = wanted.port !== null && (await isPortFree(ctx, survey, wanted.port));
    const port = isFree ? (wanted.port as number) : await findFreePort(ctx, survey);
    const now = timestamp(host);
    const specs = await store.listInstances();
    const isUidFree = wanted.uid != null && specs.every(({ uid }) => uid !== wanted.uid);
    const routes = await host.routes();
    const spec = await store.insertInstance((taken) => {
      if (taken.ids.has(wanted.id)) throw idTaken(wanted.id);
      return {
        id: wanted.id,
        uid: isUidFree ? (wanted.uid as string) : newUid(host),
        name: wanted.name,
        port,
        subnet: allocateSubnet(config.subnetPool, [...taken.subnets, ...survey.subnets], routes),
        image: config.image,
        publishHost: config.publishHost,
        timezone: wanted.timezone ?? config.timezone,
        user: host.containerUser,
        desired: wanted.desired,
        phase: "ready",
        owner: wanted.owner,
        group: wanted.group ?? null,
        tags: [...(wanted.tags ?? [])],
        createdAt: wanted.createdAt ?? now,
        updatedAt: now,
      };
    });
    ctx.live.board.setSpec(spec);
    return spec;
  });
}

/** True if no instance, container or listener of the host uses the port. */
async function isPortFree(ctx: AppContext, survey: EngineSurvey, port: number): Promise<boolean> {
  if (survey.ports.has(port)) return false;
  if ((await ctx.store.listInstances()).some((spec) => spec.port === port)) return false;
  return ctx.host.isPortFree(ctx.config.publishHost, port);
}
