import type { ConfigIssue } from "@claw/core/config-views";

/** A JSON schema of openclaw.json. The same key always names the same schema. */
export interface KeyedSchema {
  key: string;
  /** Its JSON text; asked for only when the checker does not have it at hand. */
  text: () => Promise<string>;
}

/** The user for whom it is checked; by default the panel itself. */
export interface Asker {
  /** A user's name. */
  by: string | null;
  /** Somebody waits for a save, which comes before marks in an editor. */
  isSave: boolean;
  /** Aborts when nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
}

/** More issues of one text than these tell its reader nothing more. */
export const MOST_SHOWN = 50;

/**
 * Checks configurations against schemas, apart from the panel's own thread: preparing a schema
 * takes seconds. Holds memory only while it is used.
 *
 * Every call MUST reject with a DomainError: COMMAND_FAILED when preparing the schema
 * exceeds its time or memory, NOT_SUPPORTED for a schema that no text can be checked against, what
 * `text` of the schema rejects with, and CONFIG_INVALID with one issue for a text whose check then
 * exceeds them; CANCELLED when the asker goes before its turn. None keeps another from its answer,
 * and no user keeps all others waiting.
 */
export interface ConfigChecker extends AsyncDisposable {
  /** The issues of `text`, which must be valid JSON5, in the order of its lines. */
  check(schema: KeyedSchema, text: string, asker?: Asker): Promise<readonly ConfigIssue[]>;
}
