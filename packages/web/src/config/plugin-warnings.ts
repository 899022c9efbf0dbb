import { channelsWithoutPlugin } from "@claw/core/config-forms/lacking-plugins";
import { locate } from "@claw/core/config-schema/locate";
import type { Part } from "@claw/core/config-schema/schema-parts";
import { tokenEnd } from "@claw/core/json5-tokens";
import type { Diagnostic } from "@codemirror/lint";
import { t } from "../i18n/i18n.ts";

/**
 * Marks the channels of whose plugin the schema of the image knows nothing. No error: the instance
 * may have it, or OpenClaw may be able to install it.
 */
export function pluginWarnings(text: string, schema: Part | null): Diagnostic[] {
  const lacking = schema === null ? [] : channelsWithoutPlugin(schema);
  const places = locate(
    text,
    lacking.map(({ key }) => ["channels", key]),
  );
  return lacking.flatMap(({ key, source }, at): Diagnostic[] => {
    const from = places[at]?.key ?? null;
    if (from === null) return [];
    const message = t("config.lacksPlugin", { channel: key, plugin: source });
    return [{ from, to: tokenEnd(text, from), severity: "warning", message }];
  });
}
