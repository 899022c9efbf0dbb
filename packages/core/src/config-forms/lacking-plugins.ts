import { keysAt } from "../config-schema/key-facts.ts";
import type { Part } from "../config-schema/schema-parts.ts";
import { FORM_PLAN, type PlannedChannel } from "./form-plan.ts";

/**
 * The channels with a form whose plugin the OpenClaw of a schema comes without. A schema that lists
 * no plugins does not tell which of them come with the image.
 */
export function channelsWithoutPlugin(schema: Part): PlannedChannel[] {
  const plugins = new Set(keysAt(schema, ["plugins", "entries"]).map(({ key }) => key));
  if (plugins.size === 0) return [];
  return Object.values(FORM_PLAN).flatMap(({ channel }) =>
    channel && !plugins.has(channel.plugin) ? [channel] : [],
  );
}
