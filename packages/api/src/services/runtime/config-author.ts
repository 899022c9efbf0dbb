import type { ConfigSource } from "@claw/core/config-history";
import type { Actor } from "../access/audit-draft.ts";

/** Who changes a configuration, and by what. */
export interface ConfigAuthor {
  source: ConfigSource;
  by: Actor;
  /** The job of a roll-out, or of its undo, which finds by this what it wrote. */
  rollout?: string | undefined;
}
