import { publicOrigin } from "@claw/core/instance-address";
import type { AppContext, Uses } from "../../context.ts";
import { lastRun } from "../backup/schedule/get-policy.ts";
import { readPolicy } from "../backup/schedule/policy-records.ts";
import type { FactsAtHand, FactsToRead } from "../runtime/conditions.ts";
import { isDomainMissing } from "./network-status.ts";

type AtHand = Uses<
  "addresses" | "blockedSockets" | "certificates" | "config" | "host" | "live" | "network"
>;

export function factsAtHand(ctx: AtHand): FactsAtHand {
  const { host, runtime } = ctx;
  const { board, observer, composeFile } = runtime.live;
  return {
    now: host.now(),
    engineFault: observer.lastError(),
    instances: board.list().map((instance) => ({
      ...instance,
      isOwed: board.isOwed(instance.id),
      isIngressRefused: (board.specOf(instance.id)?.ingressFault ?? null) !== null,
      isSocketBlocked: runtime.blockedSockets.has(instance.uid),
    })),
    composeFault: composeFile.fault,
    uncovered: runtime.network.now().publicPort === null ? uncoveredNames(runtime) : [],
    isDomainMissing: isDomainMissing(ctx),
    orphans: observer.orphans(),
  };
}

/** Where no proxy stands in front, whose certificate browsers would see instead. */
function uncoveredNames({ addresses, certificates, live }: AtHand["runtime"]): string[] {
  const site = addresses.site();
  if (site === null || certificates === null) return [];
  return live.board
    .list()
    .flatMap(({ id }) => live.board.specOf(id) ?? [])
    .filter(({ ingress }) => ingress !== null)
    .map(({ label }) => new URL(publicOrigin(label, site)).hostname)
    .filter((name) => !certificates.covers(name));
}

export async function readFacts(ctx: AppContext): Promise<FactsToRead> {
  const {
    config,
    host,
    store,
    disk: { files },
  } = ctx;
  const [image, disk, room, backups, snapshots, policy] = await Promise.all([
    hasImage(ctx),
    files.diskUsage(),
    store.room(),
    store.listBackups(),
    store.listSnapshots(),
    readPolicy(ctx),
  ]);
  return {
    image: { ref: config.image, present: image },
    room: { ...host.load(), ...room, diskTotal: disk.total, diskFree: disk.free },
    backups,
    undecided: snapshots.filter(({ undecided }) => undecided),
    lastRun: policy.enabled ? await lastRun(ctx) : null,
  };
}

/** Without the engine the image is unknown; ENGINE_UNREACHABLE covers it, and nobody waits. */
async function hasImage({ config, engine, runtime: { live } }: AppContext): Promise<boolean> {
  if (!live.board.isReachable()) return true;
  return engine.images.find(config.image).then(
    (found) => found !== null,
    () => true,
  );
}
