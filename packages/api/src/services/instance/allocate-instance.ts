import { DomainError, hasReason } from "@claw/core/errors";
import type { InstanceId, InstanceSpec, NewInstance } from "@claw/core/instance";
import type { AppContext, Uses } from "../../context.ts";
import { type Host, timestamp } from "../../host/host.ts";
import { newIngress, newLabel } from "../opening/new-ingress.ts";
import { updateInstance } from "./update-instance.ts";

const OWNERSHIP_BYTES = 16;

/** The request, with the owner's user id. */
export interface AllocatedInstance extends Omit<NewInstance, "owner"> {
  owner?: string | null;
  /** A new uid, if the caller had to know it before. */
  uid?: string | undefined;
}

/** Allocates port and network of a new instance and stores its spec in phase `creating`. */
export function allocateInstance(ctx: AppContext, input: AllocatedInstance): Promise<InstanceSpec> {
  return ctx.runtime.live.allocations(async () => {
    const { config, engine, host, store } = ctx;
    const own = await ownAddresses(ctx);
    if (input.port !== undefined) await requireFreePort(ctx, input.port);
    const port = input.port ?? (await engine.addresses.allocatePort(own.ports));
    const subnet = await engine.addresses.allocateSubnet(own.subnets);
    const now = timestamp(host);
    const ingress = await newIngress(ctx);
    return store.insertInstance((taken) => {
      if (taken.ids.has(input.id)) throw idTaken(input.id);
      return {
        id: input.id,
        uid: input.uid ?? newUid(host),
        name: input.name,
        label: newLabel(host, input.id),
        ingress,
        ingressFault: null,
        port,
        subnet,
        image: config.image,
        publishHost: config.publishHost,
        timezone: config.timezone,
        user: host.containerUser,
        owner: input.owner ?? null,
        ownership: newOwnership(host),
        group: input.group ?? null,
        tags: input.tags ?? [],
        webhookPaths: [],
        template: input.template ?? null,
        desired: input.start ? "running" : "stopped",
        phase: "creating",
        createdAt: now,
        updatedAt: now,
      };
    });
  });
}

/** Identifies an instance uniquely, even against a later one with its id. */
export function newUid(host: Pick<Host, "randomHex">): string {
  return host.randomHex(16);
}

/** Of an instance that is made; the store changes it with the owner. */
export function newOwnership(host: Pick<Host, "randomHex">): string {
  return host.randomHex(OWNERSHIP_BYTES);
}

/**
 * Moves an instance to another free port after its own was taken before the start. It counts as
 * unfinished until its configuration follows.
 */
export function reallocatePort(ctx: AppContext, spec: InstanceSpec): Promise<InstanceSpec> {
  return ctx.runtime.live.allocations(async () => {
    const { ports } = await ownAddresses(ctx);
    const port = await ctx.engine.addresses.allocatePort([...ports, spec.port]);
    return updateInstance(ctx, spec.id, { port, phase: "creating" });
  });
}

/**
 * Ports and networks of the panel's own instances, with or without a container. Call it under
 * `live.allocations`, which everything that inserts an instance takes.
 */
export async function ownAddresses(
  ctx: Uses<"store">,
): Promise<{ ports: number[]; subnets: string[] }> {
  const specs = await ctx.store.listInstances();
  return { ports: specs.map(({ port }) => port), subnets: specs.map(({ subnet }) => subnet) };
}

/** Throws PORT_TAKEN with the user of the port. The store's constraint reports other instances. */
async function requireFreePort(ctx: AppContext, port: number): Promise<void> {
  const user = (await ctx.engine.addresses.portsInUse([port])).get(port);
  if (user === undefined) return;
  throw new DomainError(
    "PORT_TAKEN",
    `Port ${port} is in use by ${user}. Choose another one, or leave it out to have one chosen.`,
  );
}

/** True for the only start failure that another port fixes. */
export function isPortTaken(error: unknown): boolean {
  return hasReason(error, "PORT_TAKEN");
}

export function idTaken(id: InstanceId): DomainError {
  return new DomainError(
    "INSTANCE_EXISTS",
    `There is an instance ${id} already. Choose another id.`,
  );
}
