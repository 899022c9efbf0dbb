import { createHmac, timingSafeEqual } from "node:crypto";
import type { Host } from "../../host/host.ts";
import type { Settings } from "../../store/settings.ts";

/** Accounts per browser, the latest log-ins. */
const ACCOUNTS = 8;
const KEY_SETTING = "knownBrowserKey";

/**
 * A browser keeps a secret from its last complete log-in and sends it with the next one. Attempts
 * from known browsers count separately, so someone who guesses from the same address, as all do
 * behind a proxy, does not lock them out. The secret alone grants nothing.
 *
 * It consists of the browser's id and, per account, a code that only the panel can make; none of it
 * is stored here.
 */
export interface KnownBrowsers {
  /** Id of the browser, or null if the secret does not cover the account. */
  idFor(secret: string | undefined, userId: string): string | null;
  /** The successor of `secret` that covers the account, too. */
  remember(secret: string | undefined, userId: string): string;
}

export async function openKnownBrowsers(ctx: {
  store: Settings;
  host: Pick<Host, "randomHex">;
}): Promise<KnownBrowsers> {
  const key = await readKey(ctx);
  const codeOf = (id: string, userId: string) =>
    createHmac("sha256", key).update(`${id} ${userId}`).digest("base64url").slice(0, 22);

  function idFor(secret: string | undefined, userId: string): string | null {
    const { id, codes } = parse(secret);
    if (id === undefined) return null;
    const wanted = Buffer.from(codeOf(id, userId));
    return codes.some((code) => timingSafeEqual(Buffer.from(code), wanted)) ? id : null;
  }

  return {
    idFor,
    remember(secret, userId) {
      if (secret !== undefined && idFor(secret, userId) !== null) return secret;
      const { id = ctx.host.randomHex(16), codes } = parse(secret);
      return [id, ...codes.slice(1 - ACCOUNTS), codeOf(id, userId)].join(".");
    },
  };
}

const SECRET = new RegExp(`^[0-9a-f]{32}(?:\\.[\\w-]{22}){1,${ACCOUNTS}}$`);

function parse(secret = ""): { id?: string; codes: string[] } {
  if (!SECRET.test(secret)) return { codes: [] };
  const [id = "", ...codes] = secret.split(".");
  return { id, codes };
}

async function readKey(ctx: { store: Settings; host: Pick<Host, "randomHex"> }): Promise<string> {
  const kept = await ctx.store.readSetting(KEY_SETTING);
  if (typeof kept === "string") return kept;
  const made = ctx.host.randomHex(32);
  await ctx.store.noteSetting(KEY_SETTING, made);
  return made;
}
