import { z } from "zod";
import { ConfigEffect } from "./config-effect.ts";
import { REASONS } from "./errors.ts";

const LossOutcome = z.enum(["replaced", "skipped", "died"]);
export type LossOutcome = z.infer<typeof LossOutcome>;

/**
 * Outcome of a saved configuration: `watched` while unknown, `kept`, or lost: `replaced` in the
 * file, `skipped` by the gateway, which keeps the old one, or the gateway `died` of it.
 */
const ConfigOutcome = z.enum(["watched", "kept", ...LossOutcome.options]);
export type ConfigOutcome = z.infer<typeof ConfigOutcome>;

/** A lost configuration, offered for restoring. */
const LostConfig = z.object({
  outcome: LossOutcome,
  complaint: z.string().nullable(),
  text: z.string(),
  /** The panel has put the former text back into the file. */
  isBack: z.boolean(),
});
export type LostConfig = z.output<typeof LostConfig>;

/**
 * A bot used by two gateways: its network delivers each message to one of them, or refuses both.
 */
export const SharedChannel = z.object({
  code: z.literal("CHANNEL_SHARED"),
  channel: z.string(),
  /** The other instances that use it, as far as the viewer may see them. */
  instanceIds: z.array(z.string()),
});
export type SharedChannel = z.output<typeof SharedChannel>;

/** The current text of openclaw.json. */
export const InstanceConfig = z.object({
  text: z.string(),
  revision: z.string(),
  lost: LostConfig.nullable(),
  warnings: z.array(SharedChannel),
});
export type InstanceConfig = z.output<typeof InstanceConfig>;

/** Why a text was not judged. */
export const Unjudged = z.object({ reason: z.enum(REASONS), message: z.string() });
export type Unjudged = z.output<typeof Unjudged>;

/**
 * `effect` is what OpenClaw promises; `ConfigState` tells the actual outcome. `refused`: the
 * gateway has refused the text already, and the file has another, of this revision.
 */
export const ConfigSaved = z.object({
  revision: z.string(),
  effect: z.enum([...ConfigEffect.options, "refused"]),
  /** The effect as a sentence, and why no more was checked, if that is so. */
  message: z.string(),
  /**
   * Why only the schema has judged the text of an instance that does not run, before whose start
   * nobody else does; null when that is not so.
   */
  unjudged: Unjudged.nullable(),
  warnings: z.array(SharedChannel),
});
export type ConfigSaved = z.output<typeof ConfigSaved>;

export const ConfigIssue = z.object({
  line: z.number(),
  column: z.number(),
  path: z.string(),
  message: z.string(),
  source: z.enum(["syntax", "schema", "image", "panel"]),
});
export type ConfigIssue = z.output<typeof ConfigIssue>;

/** The issues of a text before it is saved. */
export const ConfigCheck = z.object({ valid: z.boolean(), issues: z.array(ConfigIssue) });
export type ConfigCheck = z.output<typeof ConfigCheck>;

/** Whether an image's schema checks the configurations of an instance. */
export const ConfigChecks = z.object({
  /** The reason against that; null: there is none. */
  hindrance: Unjudged.nullable(),
  /** The hash under which the panel serves the schema; null: there is none. */
  schema: z.string().nullable(),
});
export type ConfigChecks = z.output<typeof ConfigChecks>;

/** The outcome of the last save; nulls until it is known. */
export const ConfigState = z.object({
  revision: z.string().nullable(),
  outcome: ConfigOutcome.nullable(),
  lost: LostConfig.nullable(),
});
export type ConfigState = z.output<typeof ConfigState>;
