import { isDeepStrictEqual } from "node:util";
import { withMetaOf } from "@claw/core/config-kept";
import { hasReason } from "@claw/core/errors";
import { parseJson5Object } from "@claw/core/json5-edit";
import { type ManagedKey, putRight } from "@claw/core/managed-keys";
import { valueAt } from "@claw/core/openclaw-config";

/**
 * A former text as it comes back in place of `present`. What the panel sets is not as it was then,
 * such as the access before the instance was opened through the panel: of `keys`, those that the
 * return would change get today's value. One that the file has wrong in the same way stays. A text
 * from before OpenClaw wrote its `meta` gets that. Every other byte stays.
 */
export function restoredText(
  former: string,
  present: string | null,
  keys: readonly ManagedKey[],
): string {
  const was = parsed(former);
  // The check before the save says why it does not come back.
  if (was === null) return former;
  const is = present === null ? null : parsed(present);
  const changes = ({ path }: ManagedKey) =>
    is === null || !isDeepStrictEqual(valueAt(is, path), valueAt(was, path));
  const text = putRight(former, keys.filter(changes));
  return present === null ? text : withMetaOf(present, text);
}

/** Null unless the text is a configuration. */
export function parsed(text: string): Record<string, unknown> | null {
  try {
    return parseJson5Object(text);
  } catch (error) {
    if (hasReason(error, "CONFIG_INVALID")) return null;
    throw error;
  }
}
