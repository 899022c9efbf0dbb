import { A } from "@solidjs/router";
import { t } from "../i18n/i18n.ts";
import { paths } from "../routes.ts";
import { buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Page } from "../ui/page.tsx";
import { ROLE_WORDS } from "./role-words.ts";
import { useMe } from "./session-context.tsx";

/** A page that the user's role forbids: why, and who can help. */
export function ForbiddenPage() {
  const me = useMe();
  return (
    <Page title={t("forbidden.title")}>
      <EmptyState
        title={t("forbidden.why", { user: me().username, role: t(ROLE_WORDS[me().role]) })}
        text={t("error.forbidden.fix")}
        action={
          <A href={paths.dashboard} class={buttonClass("plain")}>
            {t("forbidden.back")}
          </A>
        }
      />
    </Page>
  );
}
