import type { ConfigSource } from "@claw/core/config-history";
import type { Actor } from "../access/audit-draft.ts";

/** Who changes a configuration, and by what. */
export interface ConfigAuthor {
  source: ConfigSource;
  by: Actor;
}
