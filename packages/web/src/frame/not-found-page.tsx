import { A } from "@solidjs/router";
import { t } from "../i18n/i18n.ts";
import { paths } from "../routes.ts";
import { buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Page } from "../ui/page.tsx";

export function NotFoundPage() {
  return (
    <Page title={t("notFound.title")}>
      <EmptyState
        title={t("notFound.text")}
        action={
          <A href={paths.instances} class={buttonClass("plain")}>
            {t("notFound.back")}
          </A>
        }
      />
    </Page>
  );
}
