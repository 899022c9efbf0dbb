import type { ConfigSource } from "@claw/core/config-history";
import type { Actor } from "../access/audit-draft.ts";

/** The author of a configuration change, and the means. */
export interface ConfigAuthor {
  source: ConfigSource;
  by: Actor;
  /** The job of a roll-out, or of its undo, which finds by this what it wrote. */
  rollout?: string | undefined;
}
