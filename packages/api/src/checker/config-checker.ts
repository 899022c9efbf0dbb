import type { ConfigIssue } from "@claw/core/config-views";

/** A JSON schema of openclaw.json. The same key always names the same schema. */
export interface KeyedSchema {
  key: string;
  /** Its JSON text; asked for only when the checker does not have it at hand. */
  text: () => Promise<string>;
}

/**
 * Checks configurations against schemas, apart from the panel's own thread: preparing a schema
 * takes seconds. Holds memory only while it is used.
 *
 * Every call MUST reject with a DomainError: COMMAND_FAILED when it exceeds its time or memory,
 * NOT_SUPPORTED for a schema that no text can be checked against, and what `text` of the schema
 * rejects with. None keeps another from its answer.
 */
export interface ConfigChecker extends AsyncDisposable {
  /** What is wrong with `text`, which must be valid JSON5, in the order of its lines. */
  check(schema: KeyedSchema, text: string): Promise<readonly ConfigIssue[]>;
}
