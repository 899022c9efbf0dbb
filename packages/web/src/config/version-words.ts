import { type PlainKey, t } from "../i18n/i18n.ts";
import type { Version } from "./create-history.ts";

const SOURCES: Record<Version["source"], PlainKey> = {
  editor: "history.source.editor",
  form: "history.source.form",
  "roll-out": "history.source.rollOut",
  initialise: "history.source.initialise",
  restore: "history.source.restore",
  panel: "history.source.panel",
  openclaw: "history.source.openclaw",
};

/** The author of a version and the means: `anna · Editor`. */
export function authorOf({ by, source }: Version): string {
  const how = t(SOURCES[source]);
  return by === null ? how : t("history.author", { name: by, how });
}

export const versionName = ({ version }: Pick<Version, "version">): string =>
  t("history.version", { version: String(version) });
