import { explain } from "../api/api-error.ts";
import { t } from "../i18n/i18n.ts";
import type { ConfigState } from "./create-config.ts";

type Hindrance = NonNullable<ReturnType<ConfigState["checks"]["hindrance"]>>;

/** Only the syntax of the text is checked, and why. */
export function UncheckedLine(props: { hindrance: Hindrance }) {
  const reason = () => explain(props.hindrance.reason, props.hindrance.message);
  return (
    <p class="border-t bg-sunken px-3 py-1.5 text-sm wrap-anywhere text-text-2">
      <span class="font-medium">{t("config.unchecked")}</span> {reason().detail ?? reason().what}
    </p>
  );
}
