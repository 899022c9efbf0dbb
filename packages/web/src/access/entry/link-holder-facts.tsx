import type { LinkHolder } from "../../api/client.ts";
import { formatExact } from "../../i18n/format.ts";
import { t } from "../../i18n/i18n.ts";

/** The account and the panel that a one-time link is for. */
export function LinkHolderFacts(props: { holder: LinkHolder }) {
  return (
    <>
      <dl class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 rounded-md bg-sunken px-3 py-2.5 text-sm">
        <dt class="text-text-3">{t("user.username")}</dt>
        <dd class="font-mono wrap-anywhere">{props.holder.username}</dd>
        <dt class="text-text-3">{t("invite.panel")}</dt>
        <dd class="font-mono wrap-anywhere">{window.location.host}</dd>
        <dt class="text-text-3">{t("invite.until")}</dt>
        <dd>{formatExact(props.holder.expiresAt)}</dd>
      </dl>
      {/* So that password managers save the password under this name. */}
      <input
        type="text"
        autocomplete="username"
        value={props.holder.username}
        readonly
        hidden
        tabindex={-1}
      />
    </>
  );
}
