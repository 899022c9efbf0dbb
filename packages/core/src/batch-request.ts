import { z } from "zod";
import { InstanceId, NewInstance } from "./instance.ts";
import { Group, Tags } from "./labels.ts";

const MOST_INSTANCES = 1_000;

const areDistinct = (ids: readonly string[]) => new Set(ids).size === ids.length;
const NAME_ONCE = "Name each instance once.";

const Ids = z.array(InstanceId).min(1).max(MOST_INSTANCES).refine(areDistinct, NAME_ONCE);

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
const Pace = z.object(pace);

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

export function idsOf(request: BatchRequest): InstanceId[] {
  return "ids" in request ? request.ids : request.instances.map(({ id }) => id);
}

/** The same request for some of its instances; null if it names none of them. */
export function narrowed(
  request: BatchRequest,
  isWanted: (id: InstanceId) => boolean,
): BatchRequest | null {
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
