import { z } from "zod";

/** A message of Docker's pull stream. */
export const PullMessage = z.object({
  id: z.string().optional(),
  status: z.string().default(""),
  error: z.string().optional(),
  progressDetail: z
    .object({ current: z.number().optional(), total: z.number().optional() })
    .nullish(),
});
export type PullMessage = z.infer<typeof PullMessage>;

/** Downloading takes most of a layer's time. */
const DOWNLOAD = 0.7;
const MILESTONES: ReadonlyMap<string, number> = new Map([
  ["Pulling fs layer", 0],
  ["Waiting", 0],
  ["Verifying Checksum", DOWNLOAD],
  ["Download complete", DOWNLOAD],
  ["Pull complete", 1],
  ["Already exists", 1],
]);

/** Turns the messages of one pull into a fraction from 0 to 1 that never falls. */
export function createPullProgress(): (message: PullMessage) => number {
  const layers = new Map<string, { share: number; size: number }>();
  let reached = 0;
  return ({ id, status, progressDetail }) => {
    if (id === undefined) return reached;
    const { current = 0, total = 0 } = progressDetail ?? {};
    const share = shareOf(status, total > 0 ? Math.min(1, current / total) : 0);
    const known = layers.get(id);
    if (share === null && !known) return reached;
    layers.set(id, {
      share: Math.max(share ?? 0, known?.share ?? 0),
      size: Math.max(total, known?.size ?? 0),
    });
    // A layer of unknown size still counts, or the first small one would be "100 %".
    const typical = Math.max(1, ...[...layers.values()].map((layer) => layer.size)) / 4;
    let done = 0;
    let all = 0;
    for (const layer of layers.values()) {
      const weight = layer.size || typical;
      done += layer.share * weight;
      all += weight;
    }
    reached = Math.max(reached, Math.min(0.99, done / all));
    return reached;
  };
}

function shareOf(status: string, part: number): number | null {
  if (status === "Downloading") return DOWNLOAD * part;
  if (status === "Extracting") return DOWNLOAD + (1 - DOWNLOAD) * part;
  return MILESTONES.get(status) ?? null;
}
