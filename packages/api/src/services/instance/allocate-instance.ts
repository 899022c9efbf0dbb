import { DomainError, hasReason } from "@claw/core/errors";
import type { InstanceId, InstanceSpec, NewInstance } from "@claw/core/instance";
import { allocatePort } from "@claw/core/port-allocation";
import { allocateSubnet } from "@claw/core/subnet-allocation";
import type { AppContext } from "../../context.ts";
import type { EngineSurvey } from "../../engine/engine.ts";
import { type Host, timestamp } from "../../host/host.ts";
import { updateInstance } from "./update-instance.ts";

/** The request, with the owner's user id. */
export interface AllocatedInstance extends Omit<NewInstance, "owner"> {
  owner?: string | null;
}

/** Allocates port and network of a new instance and stores its spec in phase `creating`. */
export function allocateInstance(ctx: AppContext, input: AllocatedInstance): Promise<InstanceSpec> {
  return ctx.live.allocations(async () => {
    const survey = await ctx.engine.survey();
    const port = input.port ?? (await findFreePort(ctx, survey));
    if (input.port !== undefined) await requireFreePort(ctx, survey, input.port);
    const { config, host, store } = ctx;
    const now = timestamp(host);
    const routes = await host.routes();
    return store.insertInstance((taken) => {
      if (taken.ids.has(input.id)) throw idTaken(input.id);
      return {
        id: input.id,
        uid: newUid(host),
        name: input.name,
        port,
        subnet: allocateSubnet(config.subnetPool, [...taken.subnets, ...survey.subnets], routes),
        image: config.image,
        publishHost: config.publishHost,
        timezone: config.timezone,
        user: host.containerUser,
        owner: input.owner ?? null,
        group: input.group ?? null,
        tags: input.tags ?? [],
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

/**
 * Moves an instance to another free port after its own was taken before the start. It counts as
 * unfinished until its configuration follows.
 */
export function reallocatePort(ctx: AppContext, spec: InstanceSpec): Promise<InstanceSpec> {
  return ctx.live.allocations(async () => {
    const port = await findFreePort(ctx, await ctx.engine.survey(), [spec.port]);
    return updateInstance(ctx, spec.id, { port, phase: "creating" });
  });
}

/** Lowest port that no instance, container or listener of the host uses. */
export async function findFreePort(
  ctx: AppContext,
  survey: EngineSurvey,
  except: Iterable<number> = [],
): Promise<number> {
  const specs = await ctx.store.listInstances();
  const taken = new Set([...specs.map((spec) => spec.port), ...survey.ports.keys(), ...except]);
  for (;;) {
    const port = allocatePort(ctx.config.basePort, taken);
    if (await ctx.host.isPortFree(ctx.config.publishHost, port)) return port;
    taken.add(port);
  }
}

/** Throws PORT_TAKEN with the owner of the port. The store's constraint reports other instances. */
async function requireFreePort(ctx: AppContext, survey: EngineSurvey, port: number): Promise<void> {
  const container = survey.ports.get(port);
  const owner = container === undefined ? "another program" : `the container ${container}`;
  if (container === undefined && (await ctx.host.isPortFree(ctx.config.publishHost, port))) return;
  throw new DomainError(
    "PORT_TAKEN",
    `Port ${port} is in use by ${owner}. Choose another one, or leave it out to have one chosen.`,
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
