import { withMetaOf } from "@claw/core/config-kept";
import { defaultProvider } from "@claw/core/default-provider";
import { DomainError, hasReason, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { checkConfig } from "@claw/core/openclaw-config";
import type { AppContext } from "../../context.ts";
import { askProvider } from "./ask-provider.ts";
import { BY_PANEL, writeInstanceConfig } from "./config-versions.ts";

/** A configuration with a default provider, before onboarding makes another the default. */
export interface Former {
  text: string;
  provider: string;
}

/** Null where no agent has a provider yet. */
export async function formerProvider(ctx: AppContext, id: InstanceId): Promise<Former | null> {
  try {
    const text = await ctx.disk.storage.readConfig(id);
    const provider = text === null ? null : defaultProvider(checkConfig(text));
    return text === null || provider === null ? null : { text, provider };
  } catch (error) {
    if (hasReason(error, "CONFIG_INVALID")) return null;
    throw error;
  }
}

interface Onboarded {
  former: Former | null;
  /** The text that onboarding wrote. */
  written: string | null;
}

/**
 * Asks the provider as `askProvider`. When it does not answer, puts the configuration with the former
 * one back, unless somebody has written another meanwhile, and says which one is the default. The
 * first provider of an instance stays: no agent could go on with the text before it, and only what was
 * mistyped need be entered again. The caller holds the instance.
 */
export async function proveProvider(
  ctx: AppContext,
  target: Parameters<typeof askProvider>[1],
  { former, written }: Onboarded,
  signal: AbortSignal,
): Promise<true | null> {
  try {
    return await askProvider(ctx, target, signal);
  } catch (error) {
    if (former === null || !hasReason(error, "PROVIDER_REFUSED", "PROVIDER_FAILED")) throw error;
    const { message, reason } = error;
    const isBack = await putBack(ctx, target.id, former, written);
    const now = isBack
      ? `The configuration of before is in place again, with the provider ${former.provider}.`
      : `It is the default now; the history on the configuration page has the text with ${former.provider}.`;
    throw new DomainError(reason, `${message} ${now}`, { cause: error });
  }
}

async function putBack(
  ctx: AppContext,
  id: InstanceId,
  former: Former,
  written: string | null,
): Promise<boolean> {
  try {
    const present = await ctx.disk.storage.readConfig(id);
    if (present === null || present !== written) return false;
    const text = withMetaOf(present, former.text);
    await writeInstanceConfig(ctx, id, text, { author: BY_PANEL, basis: present });
    return true;
  } catch (error) {
    ctx.log.warn(`giving ${id} its former provider back failed: ${messageOf(error)}`);
    return false;
  }
}
