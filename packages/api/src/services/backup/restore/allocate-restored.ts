import type { InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../../context.ts";
import { timestamp } from "../../../host/host.ts";
import { idTaken, newOwnership, newUid, ownAddresses } from "../../instance/allocate-instance.ts";
import { newIngress, newLabel } from "../../opening/new-ingress.ts";

export interface RestoredSpec extends Pick<InstanceSpec, "id" | "name" | "desired"> {
  /** The former port, if it may be reused. */
  port: number | null;
  timezone?: string | undefined;
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
  return ctx.runtime.live.allocations(async () => {
    const { config, host, store } = ctx;
    const own = await ownAddresses(ctx);
    const port = await portFor(ctx, wanted.port, own.ports);
    const subnet = await ctx.engine.addresses.allocateSubnet(own.subnets);
    const now = timestamp(host);
    const specs = await store.listInstances();
    const former = wanted.uid ?? null;
    const isUidFree = specs.every(({ uid }) => uid !== former);
    const ingress = await newIngress(ctx);
    const spec = await store.insertInstance((taken) => {
      if (taken.ids.has(wanted.id)) throw idTaken(wanted.id);
      return {
        id: wanted.id,
        uid: former !== null && isUidFree ? former : newUid(host),
        name: wanted.name,
        label: newLabel(host, wanted.id),
        ingress,
        ingressFault: null,
        port,
        subnet,
        image: config.image,
        publishHost: config.publishHost,
        timezone: wanted.timezone ?? config.timezone,
        user: host.containerUser,
        desired: wanted.desired,
        phase: "ready",
        owner: wanted.owner,
        ownership: newOwnership(host),
        group: wanted.group ?? null,
        tags: [...(wanted.tags ?? [])],
        // Its address is a new one, so no channel calls it yet.
        webhookPaths: [],
        template: null,
        createdAt: wanted.createdAt ?? now,
        updatedAt: now,
      };
    });
    ctx.runtime.live.board.setSpec(spec);
    return spec;
  });
}

/** The former port, unless an instance, a container or a listener has it by now. */
async function portFor(
  { engine }: AppContext,
  former: number | null,
  own: readonly number[],
): Promise<number> {
  const isFree =
    former !== null &&
    !own.includes(former) &&
    !(await engine.addresses.portsInUse([former])).has(former);
  return isFree ? former : engine.addresses.allocatePort(own);
}
