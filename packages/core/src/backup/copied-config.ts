import { DomainError } from "../errors.ts";
import { parseJson5Object, withValue } from "../json5-edit.ts";
import { valueAt } from "../openclaw-config.ts";

/** Keys of `channels` that name no channel. */
const NO_CHANNEL = new Set(["defaults", "modelByChannel"]);

/**
 * Channels that start with nothing but a token in the environment, which the instance's own `.env`
 * file can set too (OpenClaw 2026.9.6, docs/channels).
 */
const FROM_ENVIRONMENT = ["telegram", "discord", "slack", "line", "mattermost", "zalo"];

/**
 * Other parts that act on their own with an account, mailbox or name that the original still uses.
 */
const ALSO_OFF: readonly { path: readonly string[]; always: boolean }[] = [
  // Otherwise both would run the original's jobs, and announce them twice.
  { path: ["cron", "enabled"], always: true },
  { path: ["hooks", "enabled"], always: false },
  { path: ["plugins", "entries", "imap", "enabled"], always: false },
  { path: ["plugins", "entries", "webhooks", "enabled"], always: false },
];

/**
 * The configuration of a copy that runs beside its original: a token of its own, and everything off
 * that would make the two compete for one account. All of it can be switched on again by hand.
 * Comments and everything else stay. Throws CONFIG_INVALID when the text is invalid or includes
 * other files, where a channel could hide.
 */
export function configOfCopy(text: string, token: string): string {
  const config = parseJson5Object(text);
  refuseIncludes(config);
  let copied = withValue(text, ["gateway", "auth", "token"], token);
  for (const channel of channelsOf(config))
    copied = withValue(copied, ["channels", channel, "enabled"], false);
  for (const { path, always } of ALSO_OFF)
    if (always || valueAt(config, path.slice(0, -1)) !== undefined)
      copied = withValue(copied, path, false);
  if (valueAt(config, ["gateway", "tailscale"]) !== undefined)
    copied = withValue(copied, ["gateway", "tailscale", "mode"], "off");
  return copied;
}

function channelsOf(config: Record<string, unknown>): string[] {
  const { channels } = config;
  const named = channels !== null && typeof channels === "object" ? Object.keys(channels) : [];
  return [...new Set([...named, ...FROM_ENVIRONMENT])].filter((name) => !NO_CHANNEL.has(name));
}

/** At the root, and wherever a channel or another part above could be defined. */
function refuseIncludes(config: Record<string, unknown>): void {
  for (const place of [[], ["channels"], ["gateway"], ["cron"], ["hooks"], ["plugins"]])
    if (valueAt(config, [...place, "$include"]) !== undefined)
      throw new DomainError(
        "CONFIG_INVALID",
        `The configuration takes ${place.join(".") || "parts"} from other files ($include), so it cannot be made sure that a copy leaves the accounts of the original alone. Restore the instance to its own id instead.`,
      );
}
