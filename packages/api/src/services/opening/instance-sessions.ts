import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Host } from "../../host/host.ts";
import type { Store } from "../../store/store.ts";

const KEY = "instanceSessionKey";

/** A session at an instance. It is a child of the panel session, and ends with it. */
const Claim = z.strictObject({
  sessionId: z.string(),
  userId: z.string(),
  instanceUid: z.string(),
  /** That of the instance at the time: a change of owner ends earlier sessions for good. */
  ownership: z.string(),
  access: z.enum(["read", "full"]),
});
export type InstanceClaim = z.infer<typeof Claim>;

/**
 * Sessions are sealed rather than stored: a restart of the panel ends none, and the state that
 * counts is that of the panel session, which is looked up at every request.
 */
export interface InstanceSessions {
  /** Text safe in a cookie. */
  seal(claim: InstanceClaim): string;
  /** Null for anything that was not sealed here. */
  unseal(text: string): InstanceClaim | null;
}

export async function openInstanceSessions({
  store,
  host,
}: {
  store: Store;
  host: Pick<Host, "randomHex">;
}): Promise<InstanceSessions> {
  const known = z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .safeParse(await store.readSetting(KEY));
  const key = Buffer.from(known.data ?? host.randomHex(32), "hex");
  // Kept in memory while the disk is full: then sessions end with the panel.
  if (!known.success) await store.noteSetting(KEY, key.toString("hex"));
  const sign = (payload: string) => createHmac("sha256", key).update(payload).digest();

  return {
    seal(claim) {
      const payload = Buffer.from(JSON.stringify(claim)).toString("base64url");
      return `${payload}.${sign(payload).toString("base64url")}`;
    },

    unseal(text) {
      const [payload = "", seal = ""] = text.split(".");
      const given = Buffer.from(seal, "base64url");
      const right = sign(payload);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      // An earlier version may have sealed other fields.
      return Claim.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString())).data ?? null;
    },
  };
}
