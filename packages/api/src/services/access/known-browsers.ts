import { createHmac, timingSafeEqual } from "node:crypto";
import type { Host } from "../../host/host.ts";
import type { Settings } from "../../store/settings.ts";

/** Of so many accounts one browser is known, the last that logged in. */
const ACCOUNTS = 8;
const KEY_SETTING = "knownBrowserKey";

/**
 * A browser by which somebody has logged in completely keeps a secret, which it sends along with
 * the next log-in. Tries of a known browser are counted apart: so who guesses from the same
 * address, as all do behind a proxy, does not keep it out. The secret opens nothing by itself.
 *
 * It is the browser's id and, of each account, a code that only the panel can make: nothing of it
 * is stored here.
 */
export interface KnownBrowsers {
  /** Id of the browser, or null when the secret is none by which the account is known. */
  idFor(secret: string | undefined, userId: string): string | null;
  /** The secret that takes the place of `secret`, and by which the account is known, too. */
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
