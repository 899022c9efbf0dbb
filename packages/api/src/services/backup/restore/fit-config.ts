import { configOfCopy } from "@claw/core/backup/copied-config";
import { DomainError, hasReason } from "@claw/core/errors";
import type { InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../../context.ts";
import { fitConfig, newToken } from "../../opening/gateway-access-of.ts";

/**
 * Fits a staged configuration to its instance: access and origins follow the spec, and a copy gets
 * its own token and drops the accounts of its original. An unreadable one stays as it is, except in a copy:
 * throws CONFIG_MISSING or CONFIG_INVALID.
 */
export async function fitStagedConfig(
  ctx: AppContext,
  staged: string,
  options: { spec: InstanceSpec; portBefore: number | null; isCopy: boolean },
): Promise<void> {
  const { spec, portBefore, isCopy } = options;
  const text = await ctx.disk.storage.readStagedConfig(staged);
  if (text === null) {
    if (isCopy) throw noConfig(spec);
    return;
  }
  const own = isCopy ? configOfCopy(text, newToken(ctx)) : text;
  const fitting = fitted(ctx, own, spec, portBefore);
  if (fitting !== text) await ctx.disk.storage.writeStagedConfig(staged, fitting);
}

function fitted(
  ctx: AppContext,
  text: string,
  spec: InstanceSpec,
  portBefore: number | null,
): string {
  try {
    return fitConfig(ctx, spec, text, portBefore);
  } catch (error) {
    if (hasReason(error, "CONFIG_INVALID")) return text;
    throw error;
  }
}

function noConfig({ id }: InstanceSpec): DomainError {
  return new DomainError(
    "CONFIG_MISSING",
    `The copy ${id} has no openclaw.json, so it could not get a token of its own. Restore the instance to its own id instead.`,
  );
}
