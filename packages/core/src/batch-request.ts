import { z } from "zod";
import { InstanceId, NewInstance } from "./instance.ts";
import { Group, Tags } from "./labels.ts";

export const MOST_INSTANCES = 1_000;

const areDistinct = (ids: readonly string[]) => new Set(ids).size === ids.length;
const NAME_ONCE = "Name each instance once.";

export const Ids = z.array(InstanceId).min(1).max(MOST_INSTANCES).refine(areDistinct, NAME_ONCE);

/** At least one; `item` has the id. */
function eachOf<T extends z.ZodType<{ id: string }>>(item: T) {
  return z
    .array(item)
    .min(1)
    .max(MOST_INSTANCES)
    .refine((items) => areDistinct(items.map(({ id }) => id)), NAME_ONCE);
}

/** Pace of a batch, whatever it does. */
const pace = {
  /** Instances per wave. The next wave begins when the operations of this one have ended. */
  wave: z.int().min(1).max(MOST_INSTANCES).exactOptional(),
  /** Pauses after each wave, until the batch is resumed. */
  pauseBetween: z.boolean().exactOptional(),
  /** Begins no further instance after the first failure. */
  stopAtFirstFailure: z.boolean().exactOptional(),
};
export const Pace = z.object(pace);

/** A change of an instance's labels; keeps those that it does not name. */
const Relabelling = z.object({
  id: InstanceId,
  /** Null: no group. */
  group: Group.nullable().exactOptional(),
  addTags: Tags.exactOptional(),
  removeTags: Tags.exactOptional(),
});
export type Relabelling = z.output<typeof Relabelling>;

const Removal = z.object({
  ...pace,
  /** The data stays by default. */
  deleteData: z.boolean().exactOptional(),
  /** Instances whose data stays nevertheless. */
  keepDataOf: z.array(InstanceId).max(MOST_INSTANCES).exactOptional(),
});

/** One action on many instances. */
export const BatchRequest = z.discriminatedUnion("action", [
  z.object({
    // `migrate`: instances that open by a token then open through the panel.
    action: z.enum(["start", "stop", "restart", "migrate"]),
    ids: Ids,
    options: Pace.exactOptional(),
  }),
  z.object({ action: z.literal("remove"), ids: Ids, options: Removal.exactOptional() }),
  z.object({
    action: z.literal("create"),
    instances: eachOf(NewInstance),
    options: Pace.exactOptional(),
  }),
  z.object({
    action: z.literal("label"),
    instances: eachOf(Relabelling),
    options: Pace.exactOptional(),
  }),
]);
export type BatchRequest = z.output<typeof BatchRequest>;

/**
 * A roll-out of a configuration, or the way back from one. The change and the former texts may hold
 * credentials, so no request has them: they lie in the store, by the job.
 */
const RollOut = z.object({
  action: z.enum(["configure", "restoreConfig"]),
  ids: Ids,
  options: Pace.exactOptional(),
});

/** What a batch does: what anybody asks for, and what the panel makes of a roll-out. */
export const BatchOrder = z.discriminatedUnion("action", [...BatchRequest.options, RollOut]);
export type BatchOrder = z.output<typeof BatchOrder>;

export function idsOf(request: BatchOrder): InstanceId[] {
  return "ids" in request ? request.ids : request.instances.map(({ id }) => id);
}

/** The same request for some of its instances; null if it names none of them. */
export function narrowed(
  request: BatchOrder,
  isWanted: (id: InstanceId) => boolean,
): BatchOrder | null {
  if (!idsOf(request).some(isWanted)) return null;
  switch (request.action) {
    case "create":
      return { ...request, instances: request.instances.filter(({ id }) => isWanted(id)) };
    case "label":
      return { ...request, instances: request.instances.filter(({ id }) => isWanted(id)) };
    default:
      return { ...request, ids: request.ids.filter(isWanted) };
  }
}
